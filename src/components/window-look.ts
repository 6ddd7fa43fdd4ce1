import type { ReactiveElement } from 'lit';
import { ConfigurationError } from '../client/errors.js';
import { OnDemand } from '../client/on-demand.js';
import { ChatErrorEvent } from './window-events.js';

/** A window, as far as it is told what to look like. */
export interface LookHost extends ReactiveElement {
  readonly look: string;
  readonly brand: string;
}

/** Any look but the classic one. Until it has come, the window has that. */
export const looks = new OnDemand(() => import('./looks.js'));

/** Dresses the window, after each update, in the look and the brand's colour that it is told. */
export function followLook(host: LookHost): void {
  const dress = () => looks.here?.dress(host, ConfigurationError, ChatErrorEvent);
  host.addController({
    hostUpdated: () => {
      if (looks.here || host.look + host.brand !== 'classic') void looks.want(dress);
    },
  });
}
