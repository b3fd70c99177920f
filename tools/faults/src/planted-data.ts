/** Personal data that is put into every event and must turn up nowhere (I12). */
export const plantedData = {
  customer_name: 'Planted Persson-Faults',
  customer_email: 'planted.persson@faults.example',
  customer_phone: '+46700099887',
  customer_address: 'Plantgatan 17 Faultsborg',
  card_number: '4999000011112222',
};

/** The kinds of planted data that a text contains. */
export function plantedIn(text: string): string[] {
  return Object.entries(plantedData).flatMap(([kind, token]) => (text.includes(token) ? [kind] : []));
}
