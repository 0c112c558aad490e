import type { Report } from '../webview/messages';

/**
 * Whether a state that VS Code kept for the report's page is a report of this version. The page wrote it from a report of ours, so its
 * version settles the rest.
 */
export function isReport(state: unknown): state is Report {
  return (
    typeof state === 'object' &&
    state !== null &&
    'format' in state &&
    state.format === 1 &&
    'items' in state &&
    Array.isArray(state.items) &&
    state.items.length > 0
  );
}
