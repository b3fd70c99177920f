import { Report } from './problem';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Text after its environment references were filled in. */
export interface SourcedText {
  /** undefined: a reference could not be filled in, and that was reported. */
  text: string | undefined;
  /** Whether any part of it came from the environment. */
  reference: boolean;
}

const REFERENCE = /\$\{([^}]*)\}/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Fills `${NAME}` from the environment. A missing or empty variable is a problem that names the variable, never a value. */
export function resolveReferences(source: string, env: Environment, report: Report): SourcedText {
  let complete = true;
  const text = source.replace(REFERENCE, (_, name: string) => {
    const value = NAME.test(name) && Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined || value === '') {
      complete = false;
      reportMissing(name, report);
    }
    return value ?? '';
  });
  const reference = text !== source || !complete;
  if (complete && source.replace(REFERENCE, '').includes('${')) {
    complete = false;
    report.error('REFERENCE_UNCLOSED', 'A "${" has no closing "}". Write the reference as ${NAME}.');
  }
  return { text: complete ? text : undefined, reference };
}

function reportMissing(name: string, report: Report): void {
  if (NAME.test(name)) {
    report.error(
      'VARIABLE_MISSING',
      `The environment variable ${name} is not set. Set it for every service that reads this configuration.`,
    );
  } else {
    report.error(
      'REFERENCE_NAME',
      'A ${…} reference does not hold a variable name. Use letters, digits and underscores, such as ${SITOO_API_KEY}.',
    );
  }
}
