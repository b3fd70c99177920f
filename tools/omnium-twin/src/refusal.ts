/** A call that is answered with an error. `rule` is set when the caller broke a rule that the twin records as a violation. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly problems: readonly Problem[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(title);
  }
}

/** One broken rule. `rule` is a stable name; `detail` names fields and settings, never personal data. */
export interface Problem {
  rule: string;
  detail: string;
  orderId?: string;
}

/** The ASP.NET shape; Omnium publishes the schema without members. */
export function problemBody(refusal: Refusal): Record<string, unknown> {
  const detail = refusal.problems.map((problem) => problem.detail).join('; ');
  const errors = refusal.problems.length > 0 ? { errors: groupByRule(refusal.problems) } : {};
  return { type: 'about:blank', title: refusal.title, status: refusal.status, detail: detail || refusal.title, ...errors };
}

function groupByRule(problems: readonly Problem[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const { rule, detail, orderId } of problems) (groups[rule] ??= []).push(orderId ? `${orderId}: ${detail}` : detail);
  return groups;
}
