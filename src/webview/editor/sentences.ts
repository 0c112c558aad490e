/** The first sentence of a message, and the rest; a point within a number or a name ends none. */
export function firstSentence(message: string): { first: string; rest: string } {
  const end = /[.!?](?=\s+\p{Lu})/u.exec(message);
  if (end === null) return { first: message, rest: '' };
  return { first: message.slice(0, end.index + 1), rest: message.slice(end.index + 1).trim() };
}
