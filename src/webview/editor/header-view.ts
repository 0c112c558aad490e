import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FindingGroup, TiffSummary } from '../../preview/types';
import { countInWords } from '../../words';
import { helpButton } from './help/help';
import { breakable, button, icon, type Content } from './parts';
import type { Outline } from './outline';
import type { Page } from './page';
import { parted, t } from '../l10n';
import { arraysInWords, errorsInWords, sizeInWords, warningsInWords } from '../counts';

const severities = ['error', 'warning', 'info'] as const satisfies readonly FindingGroup['severity'][];

/** What the file is, how many findings there are, and the way back to the text. */
export function headerView(page: Page, name: string, outline: Outline): TemplateResult {
  if (outline.tiff !== undefined) return tiffHeaderView(page, name, outline.tiff);
  return html`<header class="top">
    <div class="title">
      <h1>${breakable(name)}</h1>
      <p class="subtitle" title=${outline.targets.first.join('\n')}>${summary(outline)}</p>
    </div>
    <div class="tools">
      ${overviewButton(page, outline)} ${filesButton(page, t('Files'))} ${findingsButton(page)}
      ${button(t('Open Text'), 'file', () => {
        page.post({ type: 'openText' });
      })}
      ${helpButton()}
    </div>
    ${page.state.trusted ? nothing : restrictedView(page)}
  </header>`;
}

/** A TIFF that is shown itself: what it is, whether references can hold it, and the way to them. */
function tiffHeaderView(page: Page, name: string, tiff: TiffSummary): TemplateResult {
  const { refusal, overviewsRefusal } = tiff;
  return html`<header class="top">
    <div class="title">
      <h1>${breakable(name)}</h1>
      <p class="subtitle">${tiffInWords(tiff)}</p>
    </div>
    <div class="tools">${filesButton(page, t('Bytes'))} ${helpButton()}</div>
    <p class="banner">
      ${icon(refusal === null ? 'yes' : 'warning')}<span
        >${
          refusal === null
            ? t('This is the TIFF itself. References can hold it too.')
            : t('This is the TIFF itself. References cannot hold it, and only this viewer shows its pixels.')
        }
        ${refusal === null ? nothing : breakable(refusal)}
        ${
          refusal !== null || overviewsRefusal === null
            ? nothing
            : parted(t('Not with overviews: {0}'), breakable(overviewsRefusal))
        }</span
      >
      ${
        refusal === null
          ? button(t('Generate Kerchunk'), 'file', () => {
              page.post({ type: 'generate' });
            })
          : nothing
      }
    </p>
  </header>`;
}

function tiffInWords({ container, size, ifds, compression, samples }: TiffSummary): string {
  return [
    container,
    ...(size === null ? [] : [sizeInWords(size)]),
    ifds === 1 ? t('1 IFD') : t('{0} IFDs', countInWords(ifds)),
    compression,
    samples,
  ].join(' · ');
}

function groupsInWords(count: number): string {
  return count === 1 ? t('1 group') : t('{0} groups', countInWords(count));
}

function summary({ version, nodes, arrays, bytes, compression, targets }: Outline): string {
  return [
    t('Kerchunk references, version {0}', version),
    arraysInWords(arrays),
    groupsInWords(nodes.length - arrays),
    targets.count === 1 ? t('1 file referred to') : t('{0} files referred to', countInWords(targets.count)),
    compression === null
      ? t('{0} of text', sizeInWords(bytes))
      : t('{0} of text, decompressed ({1})', sizeInWords(bytes), compression),
  ].join(' · ');
}

/** The way to the files that references point into, and back. */
function filesButton({ state, dispatch }: Page, words: string): TemplateResult {
  const shown = state.view === 'files';
  return html`<button
    type="button"
    class="files-button"
    aria-pressed=${shown ? 'true' : 'false'}
    @click=${() => {
      dispatch({ type: 'view', view: shown ? 'node' : 'files' });
    }}
  >
    ${icon('folder')}<span>${words}</span>
  </button>`;
}

/** Leads to the whole file at a glance; nothing where the root is an array, which is what the file holds. */
function overviewButton({ state, dispatch }: Page, outline: Outline): Content {
  if (outline.byPath.get('')?.kind !== 'group') return nothing;
  const shown = state.view === 'node' && state.path === '';
  return html`<button
    type="button"
    aria-pressed=${shown ? 'true' : 'false'}
    @click=${() => {
      dispatch({ type: 'select', path: '' });
    }}
  >
    ${icon('array')}<span>${t('Overview')}</span>
  </button>`;
}

function findingsButton({ state, dispatch }: Page): TemplateResult {
  const shown = state.view === 'findings';
  return html`<button
    type="button"
    class="findings-button"
    aria-pressed=${shown ? 'true' : 'false'}
    @click=${() => {
      dispatch({ type: 'view', view: shown ? 'node' : 'findings' });
    }}
  >
    ${countsOf(state)}
  </button>`;
}

const countsInWords: Record<FindingGroup['severity'], (count: number) => string> = {
  error: errorsInWords,
  warning: warningsInWords,
  info: (count) => (count === 1 ? t('1 note') : t('{0} notes', countInWords(count))),
};

function countsOf({ findings, findingsRevision, revision, notChecked }: Page['state']): Content {
  if (notChecked !== null) return html`${icon('error')}<span>${t('Not checked')}</span>`;
  if (findings === null || findingsRevision < revision) return html`<span>${t('Checking…')}</span>`;
  if (findings.length === 0) return html`${icon('yes')}<span>${t('No findings')}</span>`;
  return severities.flatMap((severity) => {
    const count = findings.filter((group) => group.severity === severity).reduce((sum, group) => sum + group.count, 0);
    return count === 0 ? [] : [html`${icon(severity)}<span>${countsInWords[severity](count)}</span>`];
  });
}

function restrictedView(page: Page): TemplateResult {
  return html`<p class="banner">
    ${icon('shield')}<span
      >${t('Restricted Mode: nothing is fetched. Chunks show what the reference file says about them.')}</span
    >
    ${button(t('Manage Workspace Trust'), 'lock', () => {
      page.post({ type: 'manageTrust' });
    })}
  </p>`;
}
