/** Every text of the app around the chat, in one language. What the chat itself says is in its `Strings`. */
export interface AppTexts {
  /** The line below the name. */
  readonly tagline: string;

  readonly privacyTitle: string;
  readonly privacyLead: (app: string) => string;
  /** What is asked for, and why. */
  readonly privacyServer: (host: string) => string;
  readonly privacyDevice: string;
  readonly privacyNotifications: string;
  readonly privacyPassword: string;
  readonly agree: string;
  readonly decline: string;
  readonly declinedTitle: string;
  readonly declinedText: string;
  readonly reopen: string;

  readonly loginTitle: (app: string) => string;
  readonly account: string;
  readonly accountHint: string;
  readonly password: string;
  readonly showPassword: string;
  readonly hidePassword: string;
  readonly logIn: string;
  readonly loggingIn: string;
  readonly accountMissing: string;
  readonly accountReserved: string;
  readonly passwordMissing: string;
  readonly loginRefused: (code: number) => string;
  readonly loginLate: string;
  readonly tryAgain: string;
  readonly cancelLogin: string;

  readonly logOut: string;
  readonly logInAgain: string;
  readonly leave: string;
  readonly leftTitle: string;
  readonly leftText: string;
}
