/** Rows of the table: how the web orders of each flow ended, and what still waits. `webOrders`: what `WebShop.look` answers. */
export function webOrderRows(webOrders) {
  if (webOrders.length === 0) return [];
  const flows = [...new Set(webOrders.map(({ flow }) => flow))];
  return [
    ['web orders', webOrders.length, "placed in Omnium's web shop, handled by the stores in Sitoo"],
    ...flows.map((flow) => {
      const ofFlow = webOrders.filter((order) => order.flow === flow);
      return [`  ${flow}`, ofFlow.length, endings(ofFlow)];
    }),
  ];
}

/** `3 collected, 1 refused by the store, 1 not yet (New)`. */
function endings(orders) {
  const counts = new Map();
  for (const { isOver, ending, status } of orders) {
    const word = isOver ? ending : `not yet (${status ?? 'not in Omnium'})`;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

/** How many are over, for the live view; empty without web orders. */
export function webOrderProgress(webOrders) {
  return webOrders.length === 0 ? '' : `web orders ${webOrders.filter(({ isOver }) => isOver).length} of ${webOrders.length}`;
}
