import type { Assignment, GroupMember, PartitionAssigner } from 'kafkajs';
import { AssignerProtocol } from 'kafkajs';

const name = 'connector-co-partition';
const version = 1;

/**
 * Gives partition p of every topic of the subscription to the same member, so that a key's live and bulk notices meet in one process,
 * where one lock per key spans both. Pure apart from asking the cluster how many partitions there are.
 */
export const coPartition: PartitionAssigner = ({ cluster }) => ({
  name,
  version,
  async assign({ members, topics }) {
    const partitionsOf = (topic: string) => cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
    return spread(
      members.map(({ memberId }) => memberId),
      topics.map((topic) => ({ topic, partitions: partitionsOf(topic) })),
    ).map(({ memberId, assignment }) => ({
      memberId,
      memberAssignment: AssignerProtocol.MemberAssignment.encode({ version, assignment, userData: Buffer.alloc(0) }),
    }));
  },
  protocol({ topics }) {
    return { name, metadata: AssignerProtocol.MemberMetadata.encode({ version, topics, userData: Buffer.alloc(0) }) };
  },
});

/** Members in a fixed order, partition by partition. */
export function spread(
  memberIds: readonly string[],
  topics: readonly { topic: string; partitions: readonly number[] }[],
): { memberId: GroupMember['memberId']; assignment: Assignment }[] {
  const members = [...memberIds].sort();
  return members.map((memberId, index) => ({
    memberId,
    assignment: Object.fromEntries(
      topics.map(({ topic, partitions }) => [
        topic,
        [...partitions].sort((a, b) => a - b).filter((partition) => partition % members.length === index),
      ]),
    ),
  }));
}
