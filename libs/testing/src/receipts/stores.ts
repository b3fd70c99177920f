export interface ReceiptStore {
  /** Stamped on receipts as `store-externalid`; by convention the Omnium store id. */
  readonly externalId: string;
  readonly externalGroupId: string;
  readonly name: string;
  readonly warehouseId: number;
}

export const defaultReceiptStores: readonly ReceiptStore[] = [
  { externalId: 'oslo-downtown', externalGroupId: 'NORDIC', name: 'Oslo Downtown', warehouseId: 43 },
  { externalId: 'bergen-harbour', externalGroupId: 'NORDIC', name: 'Bergen Harbour', warehouseId: 44 },
  { externalId: 'trondheim-mall', externalGroupId: 'NORDIC', name: 'Trondheim Mall', warehouseId: 45 },
];

/** No store of Omnium has this external id. */
export const unknownReceiptStore: ReceiptStore = {
  externalId: 'pop-up-unmapped',
  externalGroupId: 'NORDIC',
  name: 'Pop-up',
  warehouseId: 99,
};

/** Sitoo's register id: a GUID in braces and capitals, always the same for a store and register number. */
export function registerId({ warehouseId }: ReceiptStore, register: number): string {
  return `{3CCB9848-155A-49E1-${hex(warehouseId, 4)}-${hex(register, 12)}}`;
}

/** Prefix of receipt numbers: `SII0000001500001` is register 1 of the 15th key. */
export function registerKey({ warehouseId }: ReceiptStore, register: number): string {
  return `SII${String(warehouseId).padStart(8, '0')}${String(register).padStart(5, '0')}`;
}

function hex(value: number, length: number): string {
  return value.toString(16).toUpperCase().padStart(length, '0');
}
