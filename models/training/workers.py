"""Several processes at one job: WORKERS of them (default 2), each with one thread, which is faster than threads of one process."""
import ctypes
import os
import signal
import socket

import torch
from torch import distributed

PARENT_DEATH_SIGNAL = 1
COUNT = int(os.environ.get("WORKERS", "2"))


def _begin(rank, function, port, args):
    torch.set_num_threads(1)
    if COUNT > 1:
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
        distributed.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{port}", rank=rank, world_size=COUNT)
    function(rank, *args)


def run(function, *args):
    """Calls function(rank, *args) in every process and waits for all."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if COUNT == 1:
        _begin(0, function, port, args)
    else:
        torch.multiprocessing.spawn(_begin, (function, port, args), nprocs=COUNT)


def share(rows, rank):
    """This process's part of some rows."""
    return rows[rank::COUNT]


def stretch(count, rank):
    """(first, end) of this process's part of `count` rows that lie together in a file."""
    return count * rank // COUNT, count * (rank + 1) // COUNT


def average(parameters):
    """Gradients become their mean over all processes."""
    if COUNT == 1:
        return
    grads = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([g.flatten() for g in grads])
    distributed.all_reduce(flat)
    flat /= COUNT
    for grad, part in zip(grads, flat.split([g.numel() for g in grads])):
        grad.copy_(part.view_as(grad))


def agree(values):
    """Tensors become what they are in the first process."""
    for value in values if COUNT > 1 else ():
        distributed.broadcast(value, 0)
