export type Severity = 'error' | 'warning';

/** One thing wrong with the configuration, in words that say what to do. Never holds a secret's value. */
export interface Problem {
  severity: Severity;
  tenant?: string;
  market?: string;
  /** Relative to the configuration folder; empty for the folder itself. */
  file: string;
  /** Place inside the file, such as `[0].properties[2].value`; empty for the file as a whole. */
  path: string;
  /** Stable, for tests and alarms. */
  code: string;
  message: string;
}

export interface Place {
  tenant?: string;
  market?: string;
  file: string;
  path: string;
}

/** Collects problems for one place in the configuration. Everything read writes into the same list, so that all come out at once. */
export class Report {
  constructor(
    readonly problems: Problem[],
    readonly place: Place,
  ) {}

  error(code: string, message: string): void {
    this.problems.push({ severity: 'error', ...this.place, code, message });
  }

  warning(code: string, message: string): void {
    this.problems.push({ severity: 'warning', ...this.place, code, message });
  }

  /** The same list, one step further inside the file: `.name` or `[3]`. */
  inside(step: string): Report {
    return new Report(this.problems, { ...this.place, path: join(this.place.path, step) });
  }

  in(place: Partial<Place>): Report {
    return new Report(this.problems, { ...this.place, ...place });
  }

  /** The same list, where nothing counts as more than a warning. */
  asWarnings(): Report {
    return new WarningReport(this.problems, this.place);
  }
}

class WarningReport extends Report {
  override error(code: string, message: string): void {
    this.warning(code, message);
  }

  override inside(step: string): Report {
    return super.inside(step).asWarnings();
  }

  override in(place: Partial<Place>): Report {
    return super.in(place).asWarnings();
  }
}

function join(path: string, step: string): string {
  return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}

/** One line per problem, for the log at start and for a terminal. */
export function describeProblem(problem: Problem): string {
  const owner = [problem.tenant, problem.market].filter((part) => part !== undefined).join('/');
  const place = [problem.file, problem.path].filter((part) => part !== '').join(' ');
  return `${problem.severity} ${problem.code}${owner && ` ${owner}`}${place && ` (${place})`}: ${problem.message}`;
}
