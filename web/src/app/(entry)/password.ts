/** The control plane decides; this says it while the person types. */
export const PASSWORD_MIN_LENGTH = 12;

export function complaintAboutPassword(password: string): string | null {
  return password.length < PASSWORD_MIN_LENGTH ? `Use at least ${PASSWORD_MIN_LENGTH} characters.` : null;
}

export function complaintAboutEmail(email: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? null : 'An email address looks like name@example.com.';
}
