// Writes what the twins hold at first: `node write-seeds.mjs <folder> <account as JSON>`. Runs on the project's own Node, after the build.
// Both sides get the shops at whose tills the generated receipts are sold, so that only receipts of the unknown shop find no store.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { defaultReceiptStores, receiptPaymentTypes } = require('@connector/testing');
const { devShop } = require('@connector/omnium-twin');
const [folder, account] = process.argv.slice(2);

writeFileSync(join(folder, 'sitoo-seed.json'), JSON.stringify(sitooSeed()));
writeFileSync(join(folder, 'omnium-seed.json'), JSON.stringify(omniumSeed()));

function sitooSeed() {
  const stores = defaultReceiptStores.map(({ externalId, externalGroupId, name }, index) => ({
    storeid: index + 1,
    eshopid: 1,
    storetype: 10,
    name,
    externalid: externalId,
    externalgroupid: externalGroupId,
    countryid: 'NO',
  }));
  const warehouses = defaultReceiptStores.map(({ warehouseId, name }, index) => ({ warehouseid: warehouseId, name, storeid: index + 1 }));
  // Generated receipts bring their ids along, far below: what the connector makes in Sitoo meanwhile gets others.
  return { accounts: [{ ...JSON.parse(account), stores, warehouses, lastorderid: 10_000_000_000 }] };
}

/** The twin's own tenant, with these shops and with the payment types of these tills. */
function omniumSeed() {
  const stores = defaultReceiptStores.map(({ externalId, name, warehouseId }, index) => {
    const store = devShop.stores[index % devShop.stores.length];
    const externalIdsList = store.externalIdsList?.map((entry) => ({ ...entry, id: String(warehouseId) }));
    return { ...store, id: externalId, name, externalIds: [String(warehouseId)], externalIdsList };
  });
  // 'Exchange': what the two halves of an exchange owe each other; a tenant has to have a method for it, as for every tender.
  const paymentMethods = [...new Set([...devShop.paymentMethods, ...receiptPaymentTypes.map(({ name }) => name), 'Exchange'])];
  return { tenants: [{ ...devShop, stores, paymentMethods }] };
}
