const open = 0;
const cancelled = 20;

const isThere = ({ sitoo }) => sitoo?.orderstateid === open;
const isIn =
  (status) =>
  ({ omnium }) =>
    omnium?.status === status;

/**
 * What becomes of a web order: what has to be seen on either side, and what the store or the customer does then. `flow` is how the customer
 * gets the goods, the name of the story how it ends.
 */
const stories = {
  collected: {
    flow: 'click & collect',
    steps: [
      [isThere, (shop, { sitoo }) => shop.till('readyForPickup', sitoo)],
      [isIn('ReadyForPickup'), (shop, { sitoo }) => shop.handOver(sitoo)],
      [isIn('Completed')],
    ],
  },
  sent: {
    flow: 'ship from store',
    steps: [[isThere, (shop, { sitoo }) => shop.handOver(sitoo)], [isIn('Completed')]],
  },
  'refused by the store': {
    flow: 'click & collect',
    steps: [[isThere, (shop, { sitoo }) => shop.till('rejectPickup', sitoo)], [isIn('OnHold')]],
  },
  'cancelled by the customer': {
    flow: 'ship from store',
    steps: [[isThere, (shop, { omnium }) => shop.cancel(omnium)], [({ sitoo }) => sitoo?.orderstateid === cancelled]],
  },
};

/** Most orders go well. */
const program = ['collected', 'sent', 'collected', 'sent', 'refused by the store', 'cancelled by the customer'];

const lines = [
  { code: 'blue-jeans-32', displayName: 'Blue Jeans 32', quantity: 1, placedPrice: 799 },
  { code: 'yellow-tshirt-medium', displayName: 'Yellow T-Shirt - Medium', quantity: 2, placedPrice: 199.5 },
];

const customer = { name: 'Kari Nordmann', email: 'kari@example.com' };

/** A web shop in Omnium whose orders the stores handle, played to the end by looking at both platforms. */
export class WebShop {
  /**
   * @param {{ count: number, name: string, stores: string[], sitoo: (method: string, path: string, body?: object) => Promise<unknown>,
   *   omnium: (method: string, path: string, body?: object) => Promise<unknown> }} options `name` makes the order ids unique; `sitoo` and
   *   `omnium` call the twins
   */
  constructor({ count, name, stores, sitoo, omnium }) {
    Object.assign(this, { sitoo, omnium });
    this.orders = Array.from({ length: count }, (_, index) => {
      const ending = program[index % program.length];
      const place = stores[index % stores.length];
      return { id: `WEB-${name}-${index + 1}`, ending, flow: stories[ending].flow, place, isPlaced: false, step: 0 };
    });
  }

  /** Customers place orders through the day. @param {number} share of the day that is over, up to 1 */
  async placeUpTo(share) {
    const due = this.orders.filter(({ isPlaced }, index) => !isPlaced && index < share * this.orders.length);
    for (const order of due) {
      const where = order.flow === 'click & collect' ? { pickUpIn: order.place } : { shipFrom: order.place };
      order.isPlaced = true;
      await this.omnium('POST', '/webshop/orders', { id: order.id, ...where, lines, customer });
    }
  }

  /** Stores and customers do what is next, where both sides show that it is time. */
  async goOn({ sitooOrders, omniumOrders }) {
    const [inSitoo, inOmnium] = [byKey(sitooOrders, 'externalid'), byKey(omniumOrders, 'id')];
    for (const order of this.orders) {
      const seen = { sitoo: inSitoo.get(order.id), omnium: inOmnium.get(order.id) };
      Object.assign(order, { status: seen.omnium?.status });
      const [isTime, act] = stories[order.ending].steps[order.step] ?? [];
      if (!isTime?.(seen)) continue;
      await act?.(this, seen);
      order.step += 1;
    }
  }

  /** Where every order is: `{ id, flow, ending, isOver, status }`. */
  look() {
    return this.orders.map(({ id, flow, ending, step, status }) => ({
      id,
      flow,
      ending,
      status,
      isOver: step === stories[ending].steps.length,
    }));
  }

  till(action, { orderid }) {
    return this.sitoo('POST', `/till/${action}`, { orderid });
  }

  async handOver(order) {
    await this.till('deliver', order);
    await this.till('close', order);
  }

  cancel({ id }) {
    return this.omnium('POST', `/webshop/orders/${id}/cancel`);
  }
}

function byKey(documents, key) {
  return new Map(documents.map((document) => [document[key], document]));
}
