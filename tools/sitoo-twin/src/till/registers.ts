import type { SitooRegister, SitooOrder, SitooWarehouse } from '@connector/contracts';
import { registerId } from '@connector/testing';

const REGISTERS_PER_STORE = 2;
/** Receipt numbers of a register without receipts begin after it, as in Sitoo's sample (`10009`). */
const FIRST_RECEIPT = 10_000;

/** Registers of the stores' warehouses, with the ids and keys that generated receipts carry. */
export function deriveRegisters(warehouses: readonly SitooWarehouse[], currencycode: string): SitooRegister[] {
  return warehouses
    .filter(({ warehouseid, storeid }) => warehouseid !== undefined && typeof storeid === 'number')
    .flatMap(({ warehouseid = 0 }) =>
      Array.from({ length: REGISTERS_PER_STORE }, (_, index) => registerOf(warehouseid, index + 1, currencycode)),
    );
}

function registerOf(warehouseid: number, number: number, currencycode: string): SitooRegister {
  const registerid = registerId({ externalId: '', externalGroupId: '', name: '', warehouseId: warehouseid }, number);
  return {
    registerid,
    manufacturerid: `SITOO${registerid.replace(/[{}-]/g, '')}`,
    registerkey: `SII${String(warehouseid).padStart(8, '0')}${String(number).padStart(5, '0')}`,
    company: '',
    companyid: '',
    address: '',
    address2: '',
    zip: '',
    city: '',
    state: '',
    countryid: '',
    currencycode,
    warehouseid,
    salestaxgroupid: null,
  };
}

/** Receipt id = register key and running number (orders-and-customers section 11); the number follows the highest one in use. */
export function nextReceiptId(register: SitooRegister, orders: readonly SitooOrder[]): string {
  const key = register.registerkey ?? '';
  const numbers = orders
    .map((order) => order.additionaldata?.['pos-receiptid'] ?? '')
    .filter((receiptId) => receiptId.startsWith(key) && /^\d+$/.test(receiptId.slice(key.length)))
    .map((receiptId) => Number(receiptId.slice(key.length)));
  return `${key}${numbers.reduce((highest, number) => Math.max(highest, number), FIRST_RECEIPT) + 1}`;
}
