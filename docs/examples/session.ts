/** The gateway of `npm start`. Yours is something like `wss://im.example.com/websocket`. */
export const serverUrl = `ws://${location.host}/websocket`;

/** Whoever is logged in on your page. */
export const userId = new URLSearchParams(location.search).get('user') ?? 'alice';
