// What Angular's own build does ahead: without that, templates are compiled in the page.
import '@angular/compiler';
import 'harmonychat-web';
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { ChatMessageEvent } from 'harmonychat-web';
import { serverUrl, userId } from './session.js';

@Component({
  selector: 'shop-support',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <chat-window
      peer-id="support"
      [serverUrl]="serverUrl"
      [userId]="userId"
      [heading]="heading()"
      [strings]="strings"
      (chat-message)="heard($event)"
    ></chat-window>
    <p>Last message: <output>{{ last() }}</output></p>
    <button type="button" (click)="heading.set('Sales')">Rename</button>
  `,
})
class Support {
  readonly serverUrl = serverUrl;
  readonly userId = userId;
  readonly strings = { placeholder: 'Ask us anything' };
  readonly heading = signal('Support');
  readonly last = signal('');

  heard({ message }: ChatMessageEvent): void {
    this.last.set(message.content);
  }
}

void bootstrapApplication(Support, { providers: [provideZonelessChangeDetection()] });
