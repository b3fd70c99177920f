import http from 'node:http';
import https from 'node:https';
import axios from 'axios';
import type { Answer } from './status-rules';

export interface Delivery {
  url: string;
  headers: Record<string, string>;
  events: readonly unknown[];
  /** Milliseconds the receiver has to answer. */
  deadlineMs: number;
  signal: AbortSignal;
}

/** Sends one batch and tells what came back. Never rejects. */
export interface BatchPoster {
  post(delivery: Delivery): Promise<Answer>;
  close(): void;
}

/** One kept-alive connection: a subscription never has two requests in flight. */
export class HttpBatchPoster implements BatchPoster {
  private readonly httpAgent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  private readonly httpsAgent = new https.Agent({ keepAlive: true, maxSockets: 1 });

  async post({ url, headers, events, deadlineMs, signal }: Delivery): Promise<Answer> {
    try {
      const response = await axios.post(url, events, {
        headers,
        responseType: 'text',
        timeout: deadlineMs,
        signal,
        httpAgent: this.httpAgent,
        httpsAgent: this.httpsAgent,
        proxy: false,
        maxRedirects: 0,
        validateStatus: () => true,
      });
      return response.status;
    } catch (error) {
      return axios.isAxiosError(error) && error.code === 'ECONNABORTED' ? 'timeout' : 'connection';
    }
  }

  close(): void {
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }
}
