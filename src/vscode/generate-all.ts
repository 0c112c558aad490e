import { describeError, KerchunkError } from '../errors';
import type { ReportItem, SourceOfItem } from '../webview/messages';
import { type GenerateServices, generateOne } from './generate-one';
import { OfferingRefusal } from './offers';
import { describeInput, nameOfInput } from './inputs';
import type { Plan } from './plan-outputs';

const cancelled = 'Cancelled; nothing was written.';

/**
 * Follows the plans one after another; one that fails does not stop the others. Cancelling leaves what is written already, and
 * nothing half written. `progressed` is called after each with its part of the whole, of 1.
 */
export async function generateAll(
  plans: readonly Plan[],
  services: GenerateServices,
  progressed: (part: number) => void,
): Promise<ReportItem[]> {
  const items: ReportItem[] = [];
  for (const [index, plan] of plans.entries()) {
    const prefix = plans.length === 1 ? '' : `${index + 1} of ${plans.length}: `;
    const say = (message: string): void => {
      services.say(prefix + message);
    };
    say(nameOfInput(plan.input));
    items.push(await followPlan(plan, { ...services, say }));
    progressed(1 / plans.length);
  }
  return items;
}

async function followPlan(plan: Plan, services: GenerateServices): Promise<ReportItem> {
  const source = describeInput(plan.input);
  if (plan.kind === 'skip') return { kind: 'skipped', ...source, message: plan.message };
  if (plan.kind === 'refuse') return refuse(source, new KerchunkError('write-failed', plan.message), services);
  if (services.signal.aborted) return { kind: 'skipped', ...source, message: cancelled };
  try {
    return await generateOne(plan, services);
  } catch (error) {
    return describeError(error, 'fetch-failed').code === 'cancelled'
      ? { kind: 'skipped', ...source, message: cancelled }
      : refuse(source, error, services);
  }
}

function refuse(source: SourceOfItem, error: unknown, { log }: GenerateServices): ReportItem {
  const { code, message } = describeError(error, 'fetch-failed');
  if (error instanceof KerchunkError) {
    log.warn(`${source.sourceLocation}: not generated (${code}). ${message}`);
    return { kind: 'refused', ...source, code, message, ...(error instanceof OfferingRefusal ? error.offers : {}) };
  }
  log.error(error instanceof Error ? error : String(error));
  const unexpected = `Something unexpected went wrong: ${message}. The log holds the details; please report it.`;
  return { kind: 'refused', ...source, code, message: unexpected };
}
