import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Request, Response } from 'express';

/** A request as Node makes it, with these headers and nothing behind it. For unit tests of what reads the head only. */
export function createRequest(headers: Record<string, string> = {}, method = 'GET'): Request {
  return Object.assign(new IncomingMessage(new Socket()), { headers, method }) as Request;
}

/** An answer that goes nowhere. */
export function createResponse(): Response {
  return new ServerResponse(new IncomingMessage(new Socket())) as Response;
}
