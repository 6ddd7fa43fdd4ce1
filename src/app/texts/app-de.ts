import type { AppTexts } from './app-texts.js';

export const texts: AppTexts = {
  tagline: 'Ein Chat, der Wort hält.',
  privacyTitle: 'Bevor es losgeht',
  privacyLead: (app) => `${app} bittet um Folgendes:`,
  privacyServer: (host) => `Verbindung: Ihr Konto und was Sie schreiben gehen an ${host}. Ohne sie kommt nichts an.`,
  privacyDevice:
    'Speicher auf diesem Gerät: der Name Ihres Kontos, die Unterhaltung und noch nicht Gesendetes, damit beim Schließen der Seite nichts verloren geht.',
  privacyNotifications: 'Benachrichtigungen: nur, wenn Sie sie erlauben, damit Sie von neuen Nachrichten erfahren.',
  privacyPassword: 'Ihr Passwort dient nur zur Anmeldung. Es wird nie gespeichert.',
  agree: 'Zustimmen',
  decline: 'Abbrechen',
  declinedTitle: 'Der Chat braucht Ihre Zustimmung',
  declinedText:
    'Es wurde nichts verbunden und nichts gespeichert. Ohne Ihre Zustimmung kann der Chat nicht genutzt werden.',
  reopen: 'Hinweis noch einmal lesen',
  loginTitle: (app) => `Bei ${app} anmelden`,
  account: 'Konto',
  accountHint: 'Frei wählbar, solange es niemand anderem gehört.',
  password: 'Passwort',
  showPassword: 'Passwort anzeigen',
  hidePassword: 'Passwort verbergen',
  logIn: 'Anmelden',
  loggingIn: 'Anmeldung läuft…',
  accountMissing: 'Geben Sie Ihr Konto ein.',
  accountReserved: 'Dieses Konto kann nicht benutzt werden.',
  passwordMissing: 'Geben Sie Ihr Passwort ein.',
  loginRefused: (code) => `Der Server hat die Anmeldung abgelehnt (Code ${code}).`,
  loginLate:
    'Die Anmeldung dauert zu lange. Vielleicht ist das Netz gestört oder der Server nicht erreichbar. Noch einmal versuchen?',
  tryAgain: 'Noch einmal',
  cancelLogin: 'Abbrechen',
  logOut: 'Abmelden',
  logInAgain: 'Neu anmelden',
  leave: 'Verlassen',
  leftTitle: 'Sie haben den Chat verlassen',
  leftText: 'Dieses Gerät ist nicht mehr verbunden.',
};
