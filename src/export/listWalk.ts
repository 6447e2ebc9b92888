import { attributeValue, ValueType, type Attributes, type AttributeValue } from '../store/attributes.ts';

/** A list of attributes, or several, in the store's columns. */
interface Lists {
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;
}

/**
 * Attribute lists front to back. A shape (store/attributes.ts) only knows the one before it, so its way from the empty
 * list is found once and kept: `way(3)` → shapes 1, 2, 3, whose keys and types are those of the list.
 */
export class ListWalk {
  readonly attributes: Attributes;
  readonly #ways: (Uint32Array | undefined)[] = [];

  constructor(attributes: Attributes) {
    this.attributes = attributes;
  }

  way(shape: number): Uint32Array {
    const known = this.#ways[shape];
    if (known !== undefined) return known;
    const { shapeLength, shapeUp } = this.attributes;
    const way = new Uint32Array(shapeLength[shape]);
    for (let node = shape, i = way.length - 1; i >= 0; i--, node = shapeUp[node]) way[i] = node;
    this.#ways[shape] = way;
    return way;
  }

  /** A text that is the same for lists that say the same. */
  identity({ shape, offset }: Lists, index: number): string {
    const { shapeType, values } = this.attributes;
    let text = `${shape[index]}`;
    let position = offset[index];
    for (const node of this.way(shape[index])) {
      const type = shapeType[node];
      const isNumber = type === ValueType.integer || type === ValueType.double;
      text += `,${isNumber ? numberText(attributeValue(this.attributes, type, position)) : values.at(position)}`;
      position++;
    }
    return text;
  }
}

/** Zero has a sign, which a number's text does not have. */
function numberText(value: AttributeValue): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
