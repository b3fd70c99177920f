import { bendMapping } from './bend';

interface Mapped {
  ok: boolean;
  order?: { orderForm?: { grossRoundoff?: number } };
}
type MapFamily = (family: { root: { orderId: number } }, ...rest: never[]) => Mapped;

/** One order in fifty is rounded a cent too high. */
bendMapping<MapFamily>('order/family/map-family', 'mapFamily', (original) => (family, ...rest) => {
  const mapped = original(family, ...rest);
  const form = mapped.order?.orderForm;
  if (!mapped.ok || !form || family.root.orderId % 50 !== 0) return mapped;
  const grossRoundoff = Number(((form.grossRoundoff ?? 0) + 0.01).toFixed(2));
  return { ...mapped, order: { ...mapped.order, orderForm: { ...form, grossRoundoff } } };
});
