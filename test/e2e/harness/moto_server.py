"""moto's server, without five costs that grow with what is in it.

- For each write of a transaction it copies the whole table, item by item, to go back to when the transaction fails. With
  thousands of records that takes seconds, in which nobody else is answered. Here the copy shares its items and the
  dictionaries that hold them: a write puts a new dictionary, and an update a new item, in the place of the old one
  instead of changing it, so that going back is as exact as before.
- For each message that it hands out it counts all messages of the queue, to read the queue's retention period.
- For each message that is sent it counts all messages of the queue, for attributes that nobody asked for. In a storm of
  3,000 messages nine tenths of its time went there.
- For each instance that it starts it copies all reservations there are, to find the instance that it has just made.
- For each request it lists the folders of its own modules on the disk.

Two things are mended: its writes of DynamoDB come one after the other, since a transaction fails there when another write
comes in between; and a transaction that comes again with its ClientRequestToken, because the answer was lost, is answered
as it was the first time, as DynamoDB does.
"""

import copy
import functools
import sys
import threading

import moto.backends
from moto.core.utils import unix_time
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler
from moto.ec2.exceptions import InvalidInstanceIdError
from moto.ec2.models.instances import InstanceBackend
from moto.server import main
from moto.sqs.models import Queue, SQSBackend


def copy_of_table(table, _memo):
    copied = copy.copy(table)
    copied.items = table.items.copy()
    return copied


def renew(table, key, is_item_changed):
    """Puts a new dictionary, and where the write changes the item a new item, in the place of the one to be written."""
    hash_key = DynamoType(key[table.hash_key_attr])
    if hash_key not in table.items:
        return
    if table.has_range_key:
        table.items[hash_key] = dict(table.items[hash_key])
        entry, place = table.items[hash_key], DynamoType(key[table.range_key_attr])
    else:
        entry, place = table.items, hash_key
    if is_item_changed and place in entry:
        entry[place] = copy.deepcopy(entry[place])


def is_retained(self, queue_name, message):
    seconds = self.get_queue(queue_name).message_retention_period
    return seconds + message.sent_timestamp / 1000 > unix_time()


def attributes_asked_for(queue):
    if not getattr(sending, "is_on", False):
        return attributes(queue)
    if not queue.fifo_queue:
        return {}
    return {"ContentBasedDeduplication": str(queue.content_based_deduplication).lower()}


def send_one(self, *args, **kwargs):
    sending.is_on = True
    try:
        return send_message(self, *args, **kwargs)
    finally:
        sending.is_on = False


attributes = Queue.attributes.fget
send_message = SQSBackend.send_message
sending = threading.local()


def find_instance(self, instance_id):
    for reservation in reversed(self.reservations.copy().values()):
        for instance in reservation.instances:
            if instance.id == instance_id:
                return instance
    raise InvalidInstanceIdError(instance_id)


def in_turn(write, is_item_changed):
    @functools.wraps(write)
    def wait_and_write(self, table_name, key, *args, **kwargs):
        with turn:
            if table_name in self.tables:
                renew(self.tables[table_name], key, is_item_changed)
            return write(self, table_name, key, *args, **kwargs)

    return wait_and_write


def transact_in_turn(self, transact_items):
    with turn:
        return transact(self, transact_items)


transact = DynamoDBBackend.transact_write_items
transact_write_items = DynamoHandler.transact_write_items
answers = {}


def transact_once(self):
    token = self.body.get("ClientRequestToken")
    with turn:
        if token is None or token not in answers:
            answers[token] = transact_write_items(self)
        return answers[token]


DynamoHandler.transact_write_items = transact_once
DynamoDBBackend.transact_write_items = transact_in_turn
turn = threading.RLock()
for name in ("put_item", "update_item", "delete_item"):
    write = getattr(DynamoDBBackend, name)
    setattr(DynamoDBBackend, name, in_turn(write, name == "update_item"))

Table.__deepcopy__ = copy_of_table
SQSBackend.is_message_valid_based_on_retention_period = is_retained
SQSBackend.send_message = send_one
Queue.attributes = property(attributes_asked_for)
InstanceBackend.get_instance = find_instance
moto.backends.list_of_moto_modules = functools.cache(
    lambda modules=moto.backends.list_of_moto_modules: list(modules())
)

if __name__ == "__main__":
    sys.exit(main())
