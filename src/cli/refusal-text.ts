/**
 * Why an input was not generated, in a line that names it once. `names` are what messages may call it in full, as it was given first;
 * a message may also begin with the last part of that.
 */
export function refusalInWords(names: readonly string[], message: string): string {
  const [input = ''] = names;
  const short = input.slice(Math.max(input.lastIndexOf('/'), input.lastIndexOf('\\')) + 1);
  const lead = [...names, short].find((name) => message.startsWith(`${name}: `));
  if (lead !== undefined) {
    const reason = message.slice(lead.length + 2);
    return `${input}: not generated. ${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`;
  }
  return names.some((name) => message.includes(name))
    ? `Not generated: ${message}`
    : `${input}: not generated. ${message}`;
}
