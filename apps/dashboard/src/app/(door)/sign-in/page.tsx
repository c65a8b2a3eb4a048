import { SignInForm } from '../../../features/session/sign-in-form.tsx';

export const metadata = { title: 'Sign in' };

export default function Route() {
  return <SignInForm />;
}
