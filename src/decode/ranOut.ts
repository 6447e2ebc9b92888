/**
 * Thrown where the unit being read does not end in the buffer: what was read of it is taken back, and it is read again
 * when there are more bytes. Made once, so that it costs no stack trace.
 */
export const RAN_OUT = new Error('more bytes are needed');
