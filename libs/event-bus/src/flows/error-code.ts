/** An error's stable code, never its message: that may quote what a platform answered. */
export function codeOf(error: unknown, otherwise: string): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : otherwise;
}
