"""Writes a chain as `e2e/documents.ts` does, as ONNX, and serves Netron: netron.py MEMBERS FILE, then prints the address and waits."""
import sys

import netron
import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

WIDTH = 8


def chain(members):
    nodes, weights, at = [], [], 'x'
    for k in range(members):
        name, out = f'layer{k}', f'y{k}'
        if k % 3 == 0:
            weights.append(numpy_helper.from_array(numpy.zeros((WIDTH, WIDTH), numpy.float32), f'{name}.kernel'))
            weights.append(numpy_helper.from_array(numpy.zeros(WIDTH, numpy.float32), f'{name}.bias'))
            nodes.append(helper.make_node('Gemm', [at, f'{name}.kernel', f'{name}.bias'], [out], name=name))
        elif k % 3 == 1:
            weights.append(numpy_helper.from_array(numpy.ones(WIDTH, numpy.float32), f'{name}.scale'))
            weights.append(numpy_helper.from_array(numpy.zeros(WIDTH, numpy.float32), f'{name}.bias'))
            nodes.append(helper.make_node('LayerNormalization', [at, f'{name}.scale', f'{name}.bias'], [out], name=name))
        else:
            nodes.append(helper.make_node('Dropout', [at], [out], name=name))
        at = out
    value = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, ['batch', WIDTH])
    return helper.make_model(helper.make_graph(nodes, 'chain', [value('x')], [value(at)], weights))


members, file = int(sys.argv[1]), sys.argv[2]
onnx.save(chain(members), file)
host, port = netron.start(None, browse=False)
print(f'http://{host}:{port}', flush=True)
netron.wait()
