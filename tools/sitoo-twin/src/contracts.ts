import { dirname, join } from 'node:path';
import type {
  SitooRegister,
  SitooOrder,
  SitooDeliveryWrite,
  SitooLogItemWrite,
  SitooOrderUpdate,
  SitooOrderWrite,
  SitooPayment,
  SitooPaymentType,
  SitooReasonCode,
  SitooStore,
  SitooUser,
  SitooWarehouse,
} from '@connector/contracts';
import { loadContract, type Contract, type ContractAnswer, type ContractRequest } from '@connector/testing';
import { BadInput } from './bad-input';

/** The two OpenAPI files that together describe Sitoo's REST API. */
export class SitooContracts {
  constructor(
    readonly orders: Contract,
    readonly catalog: Contract,
  ) {}

  check(request: ContractRequest): ContractAnswer {
    const answer = this.orders.check(request);
    return answer.operationId ? answer : this.catalog.check(request);
  }

  /** Reads order documents. Throws {@link BadInput} for the first that departs from the schema, as do the readers below. */
  readOrders(values: unknown): SitooOrder[] {
    return decode<SitooOrder>(this.orders, 'OrderRead', values);
  }

  readStores(values: unknown): SitooStore[] {
    return decode<SitooStore>(this.orders, 'StoreRead', values);
  }

  readUsers(values: unknown): SitooUser[] {
    return decode<SitooUser>(this.orders, 'UserRead', values);
  }

  readWarehouses(values: unknown): SitooWarehouse[] {
    return decode<SitooWarehouse>(this.catalog, 'WarehouseRead', values);
  }

  readRegisters(values: unknown): SitooRegister[] {
    return decode<SitooRegister>(this.orders, 'CashRegister', values);
  }

  readPaymentTypes(values: unknown): SitooPaymentType[] {
    return decode<SitooPaymentType>(this.orders, 'PosPaymentType', values);
  }

  readReasonCodes(values: unknown): SitooReasonCode[] {
    return decode<SitooReasonCode>(this.orders, 'ReasonCode', values);
  }

  readPayments(values: unknown): SitooPayment[] {
    return decode<SitooPayment>(this.orders, 'OrderPayment', values);
  }

  /** Bodies of writes; the readers below throw as those above do. */
  readOrderWrite(value: unknown): SitooOrderWrite {
    return decodeOne<SitooOrderWrite>(this.orders, 'OrderWrite', value);
  }

  readOrderUpdate(value: unknown): SitooOrderUpdate {
    return decodeOne<SitooOrderUpdate>(this.orders, 'OrderUpdate', value);
  }

  readDeliveryWrite(value: unknown): SitooDeliveryWrite {
    return decodeOne<SitooDeliveryWrite>(this.orders, 'OrderDeliveryWrite', value);
  }

  readLogItemWrite(value: unknown): SitooLogItemWrite {
    return decodeOne<SitooLogItemWrite>(this.orders, 'OrderLogItemWrite', value);
  }
}

let loaded: Promise<SitooContracts> | undefined;

/** Reads the two files once per process; they never change while it runs. */
export function loadSitooContracts(): Promise<SitooContracts> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<SitooContracts> {
  const folder = join(dirname(require.resolve('@connector/contracts/package.json')), 'platforms');
  return new SitooContracts(await loadContract(join(folder, 'sitoo-orders.yaml')), await loadContract(join(folder, 'sitoo-catalog.yaml')));
}

function decodeOne<T>(contract: Contract, schema: string, value: unknown): T {
  const isValid = (candidate: unknown): candidate is T => contract.problemsOf(schema, candidate).length === 0;
  if (isValid(value)) return value;
  throw new BadInput(`${schema}: ${contract.problemsOf(schema, value).join('; ')}`);
}

function decode<T>(contract: Contract, schema: string, values: unknown): T[] {
  if (!Array.isArray(values)) throw new BadInput(`an array of ${schema} is expected`);
  const isValid = (value: unknown): value is T => contract.problemsOf(schema, value).length === 0;
  return values.map((value: unknown, index) => {
    if (isValid(value)) return value;
    throw new BadInput(`${schema}[${index}]: ${contract.problemsOf(schema, value).join('; ')}`);
  });
}
