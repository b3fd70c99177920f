import { ReadRecord } from './read-record';
import { Layers } from './layers';

/** Empty `enabled` means all; `disabled` wins. Ids are compared in any case. */
export function isInScope(id: string, enabled: readonly string[] = [], disabled: readonly string[] = []): boolean {
  const named = (list: readonly string[]): boolean => list.some((entry) => entry.trim().toLowerCase() === id.toLowerCase());
  return !named(disabled) && (enabled.length === 0 || named(enabled));
}

/** Whether the records are for this market: each level must allow it. A group that cannot be known is an error, not a guess. */
export function isMarketEnabled(market: string, layers: Layers): boolean {
  const group = layers.property('MarketGroup')?.text;
  return layers.layers.every(({ record }) => {
    const { enabledForMarkets, disabledForMarkets } = record.shape;
    return isInScope(market, enabledForMarkets, disabledForMarkets) && isGroupEnabled(group, record, layers);
  });
}

function isGroupEnabled(group: string | undefined, record: ReadRecord, layers: Layers): boolean {
  const { enabledForMarketGroups = [], disabledForMarketGroups = [] } = record.shape;
  if (enabledForMarketGroups.length + disabledForMarketGroups.length === 0) return true;
  if (group !== undefined) return isInScope(group, enabledForMarketGroups, disabledForMarketGroups);
  layers
    .onBehalf(record.report)
    .error(
      'MARKET_GROUP_UNKNOWN',
      'The record is limited to market groups, but the group of this market is not known. Add the property "MarketGroup".',
    );
  return false;
}
