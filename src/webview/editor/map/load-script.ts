import { t } from '../../l10n';

const name = 'webview-map.js';
/** Only while a script runs first does a page say which one it is. */
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
let loading: Promise<void> | undefined;

/**
 * Loads the script that draws maps, once; it stands beside the page's own, whose nonce lets it in. Rejects where it cannot be loaded, and the
 * next call tries again.
 */
export function loadMapScript(): Promise<void> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = own?.nonce ?? '';
    script.src = new URL(name, own?.src ?? document.baseURI).href;
    script.onload = () => {
      resolve();
    };
    script.onerror = () => {
      loading = undefined;
      reject(new Error(t('{0} could not be loaded.', name)));
    };
    document.head.append(script);
  });
  return loading;
}
