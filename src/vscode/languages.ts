/** The languages in which VS Code opens JSON. */
export const jsonLanguages = ['json', 'jsonc'];
