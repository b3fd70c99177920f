import type { Operation } from './document';

export interface RouteMatch {
  /** Methods the path knows, by lower-case name. */
  operations: ReadonlyMap<string, Operation>;
  params: Record<string, string>;
}

interface Route {
  pattern: RegExp;
  names: string[];
  literals: number;
  operations: Map<string, Operation>;
}

/** Finds the path template of a request; where two fit, the one with more literal text wins (`/Orders/Scroll` before `/Orders/{id}`). */
export class Routes {
  private readonly routes: Route[];

  constructor(operations: Operation[], caseInsensitive: boolean) {
    const byTemplate = new Map<string, Route>();
    for (const operation of operations) {
      const route = byTemplate.get(operation.template) ?? toRoute(operation.template, caseInsensitive);
      route.operations.set(operation.method, operation);
      byTemplate.set(operation.template, route);
    }
    this.routes = [...byTemplate.values()].sort((a, b) => a.names.length - b.names.length || b.literals - a.literals);
  }

  match(path: string): RouteMatch | undefined {
    for (const { pattern, names, operations } of this.routes) {
      const found = pattern.exec(path);
      if (!found) continue;
      const params = Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')]));
      return { operations, params };
    }
    return undefined;
  }
}

function toRoute(template: string, caseInsensitive: boolean): Route {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  const literal = template.split(/\{[^}]+\}/);
  const source = literal.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('([^/]+)');
  return {
    pattern: new RegExp(`^${source}$`, caseInsensitive ? 'i' : ''),
    names,
    literals: literal.join('').length,
    operations: new Map(),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
