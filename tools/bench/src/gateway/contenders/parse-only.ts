import { createServer } from 'node:http';
import { answering, readJson } from './http';
import { orders, ready } from './orders';

/** (a) The floor: node:http and JSON.parse, no Kafka; what arrives is forgotten. */
createServer(answering(readJson)).listen(orders.port, '127.0.0.1', ready);
