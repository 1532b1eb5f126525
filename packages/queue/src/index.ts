export { type Backlog, type Consumer, type ConsumerOptions, openConsumer } from './consumer.js';
export { migrateQueue } from './migrate.js';
export { type JobState, openProducer, type Producer, type ProducerOptions } from './producer.js';
