/** A dropped home folder would take minutes to list; nobody's traces lie in more files than this. */
const MOST_FILES = 10_000;

/**
 * The files of a drop, folders opened. Must be called inside the drop event: the browser forgets the items after it.
 * A file of a folder is named with its way in the folder; hidden files (`.DS_Store`) are left out.
 * Rejects, in a sentence, where there is nothing but empty folders, or one of far too many files.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const dropped = items.map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }));
  const files: File[] = [];
  for (const { file, entry } of dropped) {
    if (entry?.isDirectory) await addFolder(entry, files);
    else if (file !== null) files.push(file);
  }
  const folders = dropped.flatMap(({ entry }) => (entry?.isDirectory === true ? [entry.name] : []));
  if (files.length === 0 && folders.length > 0)
    throw new Error(`There is no file in ${folders.join(' or ')}, hidden ones aside.`);
  return files;
}

async function addFolder(root: FileSystemEntry, files: File[]): Promise<void> {
  const open: FileSystemEntry[] = [root];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    if (entry.name.startsWith('.')) continue;
    if (files.length >= MOST_FILES)
      throw new Error(`There are more than ${MOST_FILES} files in ${root.name}. Drop a smaller folder.`);
    if (isFile(entry)) files.push(await toFile(entry));
    else if (isFolder(entry)) open.push(...(await listFolder(entry)).reverse());
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

async function toFile(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
  return new File([file], entry.fullPath.replace(/^\//, ''));
}

async function listFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // A reader gives its entries a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    entries.push(...some);
  }
}
