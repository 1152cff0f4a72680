"""Rewrites a TensorFlow Lite graph as ONNX that OpenCV 4.6's dnn module accepts.

Rules of that importer: opset 11, NCHW throughout, kernel_shape on every convolution, an explicit Pad where SAME padding is
asymmetric, no broadcasting between computed tensors. Every floating tensor here is 4-D NHWC in the source; an NHWC shape
(1, H, W, C) becomes (1, C, H, W). An unknown operator is an error, never a guess.
"""
import numpy as np
import onnx
import tflite
from onnx import helper, numpy_helper

OPSET = 11
NAMES = {number: name for name, number in vars(tflite.BuiltinOperator).items() if isinstance(number, int)}
DTYPES = {tflite.TensorType.FLOAT32: np.float32, tflite.TensorType.FLOAT16: np.float16, tflite.TensorType.INT32: np.int32}


class OnnxGraph:
    """Collects nodes and constants; names are counters, so the same input always gives the same bytes."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, array):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind, inputs, output=None, **attributes):
        output = output or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=f"{kind}_{len(self.nodes)}", **attributes))
        return output

    def pad(self, x, before, after, value=0.0):
        """Zero (or `value`) padding of an NCHW tensor; `before` and `after` are (c, h, w)."""
        amounts = self.constant(np.array([0, *before, 0, *after], np.int64))
        return self.node("Pad", [x, amounts, self.constant(np.float32(value))], mode="constant")

    def conv(self, x, weight, bias=None, strides=(1, 1), pads=(0, 0, 0, 0), group=1, dilations=(1, 1), output=None):
        inputs = [x, self.constant(weight.astype(np.float32))]
        if bias is not None:
            inputs.append(self.constant(bias.astype(np.float32)))
        return self.node("Conv", inputs, output, kernel_shape=list(weight.shape[2:]), strides=list(strides), pads=list(pads),
                         group=group, dilations=list(dilations))

    def save_bytes(self, name, inputs, outputs):
        """`inputs` and `outputs` are lists of (name, shape)."""
        def info(items):
            return [helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, s) for n, s in items]
        graph = helper.make_graph(self.nodes, name, info(inputs), info(outputs), self.constants)
        model = helper.make_model(graph, producer_name="emc-studio", opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = 7
        onnx.checker.check_model(model)
        return model.SerializeToString(deterministic=True)


def same_padding(size, kernel, stride):
    """TensorFlow's SAME: (before, after); the odd pixel goes behind."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class TfliteConverter:
    def __init__(self, data):
        self.model = tflite.Model.GetRootAs(data, 0)
        self.graph = self.model.Subgraphs(0)
        self.out = OnnxGraph()
        self.names = {}      # tensor index -> ONNX name of the computed tensor
        self.arrays = {}     # tensor index -> constant
        for index in range(self.graph.TensorsLength()):
            tensor = self.graph.Tensors(index)
            buffer = self.model.Buffers(tensor.Buffer())
            if buffer.DataLength() and tensor.Type() in DTYPES:
                flat = np.frombuffer(buffer.DataAsNumpy().tobytes(), DTYPES[tensor.Type()])
                self.arrays[index] = flat.reshape(self.shape(index))

    def shape(self, index):
        tensor = self.graph.Tensors(index)
        return tuple(int(n) for n in tensor.ShapeAsNumpy()) if tensor.ShapeLength() else ()

    @staticmethod
    def options(operator, kind):
        options, table = kind(), operator.BuiltinOptions()
        options.Init(table.Bytes, table.Pos)
        return options

    def activation(self, x, code):
        if code == tflite.ActivationFunctionType.NONE:
            return x
        if code == tflite.ActivationFunctionType.RELU:
            return self.out.node("Relu", [x])
        raise ValueError(f"unknown fused activation {code}")

    def convert(self, name, input_name, output_names, first_operator=0, input_tensor=None):
        """output_names: tensor index -> name; a name None takes the graph's outputs in order."""
        source = int(self.graph.InputsAsNumpy()[0]) if input_tensor is None else input_tensor
        self.names[source] = input_name
        _, h, w, c = self.shape(source)
        wanted = dict(output_names)
        for number in range(self.graph.OperatorsLength()):
            operator = self.graph.Operators(number)
            code = self.model.OperatorCodes(operator.OpcodeIndex())
            kind = NAMES[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
            inputs = [int(i) for i in operator.InputsAsNumpy()]
            output = int(operator.OutputsAsNumpy()[0])
            if kind == "DEQUANTIZE":  # half-precision constants
                self.arrays[output] = self.arrays[inputs[0]].astype(np.float32)
                continue
            if number < first_operator or not set(wanted) - set(self.names):
                continue
            handler = getattr(self, "op_" + kind.lower(), None)
            if handler is None:
                raise ValueError(f"operator {kind} is not known")
            self.names[output] = handler(operator, inputs, output)
        outputs = []
        for tensor, label in wanted.items():
            x, shape = self.names[tensor], self.shape(tensor)
            if len(shape) == 4:  # only vectors leave the network as 4-D tensors
                if shape[1] != 1 or shape[2] != 1:
                    raise ValueError("a picture cannot be an output")
                shape = (1, shape[3])
                x = self.out.node("Flatten", [x], axis=1)
            self.out.node("Identity", [x], label)
            outputs.append((label, shape))
        return self.out.save_bytes(name, [(input_name, (1, c, h, w))], outputs)

    # --- convolutions -------------------------------------------------------------------------------------------------
    def windowed(self, options, index, kernel, strides, fill=0.0):
        """Input name (padded if the padding is asymmetric) and symmetric pads."""
        x, (_, h, w, _) = self.names[index], self.shape(index)
        if options.Padding() == tflite.Padding.VALID:
            return x, (0, 0, 0, 0)
        top, bottom = same_padding(h, kernel[0], strides[0])
        left, right = same_padding(w, kernel[1], strides[1])
        if top == bottom and left == right:
            return x, (top, left, bottom, right)
        return self.out.pad(x, (0, top, left), (0, bottom, right), fill), (0, 0, 0, 0)

    def op_conv_2d(self, operator, inputs, _):
        options = self.options(operator, tflite.Conv2DOptions)
        weight = self.arrays[inputs[1]].transpose(0, 3, 1, 2)
        strides = (options.StrideH(), options.StrideW())
        if (options.DilationHFactor(), options.DilationWFactor()) != (1, 1):
            raise ValueError("dilated convolution")
        x, pads = self.windowed(options, inputs[0], weight.shape[2:], strides)
        y = self.out.conv(x, weight, self.arrays[inputs[2]], strides, pads)
        return self.activation(y, options.FusedActivationFunction())

    def op_depthwise_conv_2d(self, operator, inputs, _):
        options = self.options(operator, tflite.DepthwiseConv2DOptions)
        weight = self.arrays[inputs[1]].transpose(3, 0, 1, 2)
        strides = (options.StrideH(), options.StrideW())
        if options.DepthMultiplier() not in (0, 1) or (options.DilationHFactor(), options.DilationWFactor()) != (1, 1):
            raise ValueError("depthwise convolution with multiplier or dilation")
        x, pads = self.windowed(options, inputs[0], weight.shape[2:], strides)
        y = self.out.conv(x, weight, self.arrays[inputs[2]], strides, pads, group=weight.shape[0])
        return self.activation(y, options.FusedActivationFunction())

    def op_max_pool_2d(self, operator, inputs, _):
        options = self.options(operator, tflite.Pool2DOptions)
        kernel, strides = (options.FilterHeight(), options.FilterWidth()), (options.StrideH(), options.StrideW())
        x, pads = self.windowed(options, inputs[0], kernel, strides, -1e30)
        if any(pads):
            raise ValueError("padded pooling")
        return self.out.node("MaxPool", [x], kernel_shape=list(kernel), strides=list(strides), pads=[0, 0, 0, 0])

    # --- element by element -------------------------------------------------------------------------------------------
    def op_relu(self, _, inputs, __):
        return self.out.node("Relu", [self.names[inputs[0]]])

    def op_prelu(self, _, inputs, __):
        slope = self.arrays[inputs[1]].reshape(-1, 1, 1)
        return self.out.node("PRelu", [self.names[inputs[0]], self.out.constant(slope)])

    def op_logistic(self, _, inputs, __):
        return self.out.node("Sigmoid", [self.names[inputs[0]]])

    def op_neg(self, _, inputs, __):
        return self.out.node("Mul", [self.names[inputs[0]], self.out.constant(np.float32(-1))])

    def op_rsqrt(self, _, inputs, __):
        return self.out.node("Pow", [self.names[inputs[0]], self.out.constant(np.float32(-0.5))])

    def op_squared_difference(self, _, inputs, __):
        difference = self.out.node("Sub", [self.names[i] for i in inputs])
        return self.out.node("Mul", [difference, difference])

    def op_add(self, operator, inputs, _):
        options = self.options(operator, tflite.AddOptions)
        return self.activation(self.binary("Add", inputs), options.FusedActivationFunction())

    def op_mul(self, operator, inputs, _):
        options = self.options(operator, tflite.MulOptions)
        return self.activation(self.binary("Mul", inputs), options.FusedActivationFunction())

    def binary(self, kind, inputs):
        computed = [i for i in inputs if i in self.names]
        fixed = [self.arrays[i] for i in inputs if i not in self.names]
        if not fixed:
            return self.out.node(kind, [self.names[i] for i in computed])
        x, value = self.names[computed[0]], fixed[0]
        if value.size == 1:
            return self.out.node(kind, [x, self.out.constant(np.float32(value.reshape(())))])
        channels = value.size
        if kind != "Mul" or value.ndim != 1 or self.shape(computed[0])[3] not in (1, channels):
            raise ValueError(f"{kind} with a constant of shape {value.shape}")
        # (A declared width of 1 comes from op_mean, whose result already has all channels.)
        # One factor per channel: written as a depthwise convolution, which needs no broadcasting.
        return self.out.conv(x, value.reshape(channels, 1, 1, 1), group=channels)

    def op_mean(self, _, inputs, __):
        # Mean over channels, repeated C times, so that what follows needs no broadcasting.
        channels = self.shape(inputs[0])[3]
        if self.arrays[inputs[1]].reshape(-1).tolist() not in ([3], [-1]):
            raise ValueError("mean over anything but the channels")
        return self.out.conv(self.names[inputs[0]], np.full((channels, channels, 1, 1), 1.0 / channels))

    # --- shapes ---------------------------------------------------------------------------------------------------------
    def op_pad(self, _, inputs, __):
        (n0, n1), (h0, h1), (w0, w1), (c0, c1) = self.arrays[inputs[1]].tolist()
        if n0 or n1:
            raise ValueError("padding of the batch")
        return self.out.pad(self.names[inputs[0]], (c0, h0, w0), (c1, h1, w1))

    def op_transpose(self, _, inputs, __):
        if self.arrays[inputs[1]].tolist() != [0, 1, 3, 2]:
            raise ValueError("transpose other than of width and channels")
        return self.out.node("Transpose", [self.names[inputs[0]]], perm=[0, 3, 2, 1])

    def op_concatenation(self, _, inputs, output):
        # A constant token before the others along the width: one padded column and an added constant.
        token, x = self.arrays[inputs[0]], self.names[inputs[1]]
        _, h, width, channels = self.shape(output)
        if len(inputs) != 2 or h != 1 or token.shape != (1, 1, 1, channels):
            raise ValueError("concatenation other than of a token")
        column = np.zeros((1, channels, 1, width), np.float32)
        column[0, :, 0, 0] = token.reshape(-1)
        return self.out.node("Add", [self.out.pad(x, (0, 0, 1), (0, 0, 0)), self.out.constant(column)])

    def op_strided_slice(self, _, inputs, output):
        begin = self.arrays[inputs[1]].tolist()
        width = self.shape(output)[2]
        if any(begin) or self.shape(output)[3] != self.shape(inputs[0])[3] or self.shape(output)[1] != self.shape(inputs[0])[1]:
            raise ValueError("slice other than of the first columns")
        bounds = [self.out.constant(np.array([n], np.int64)) for n in (0, width, 3)]
        return self.out.node("Slice", [self.names[inputs[0]], *bounds])

    def op_resize_bilinear(self, operator, inputs, output):
        options = self.options(operator, tflite.ResizeBilinearOptions)
        if options.AlignCorners() or not options.HalfPixelCenters():
            raise ValueError("resize without half-pixel centres")
        _, h, w, _ = self.shape(inputs[0])
        _, new_h, new_w, _ = self.shape(output)
        scales = self.out.constant(np.array([1, 1, new_h / h, new_w / w], np.float32))
        empty = self.out.constant(np.zeros(0, np.float32))
        return self.out.node("Resize", [self.names[inputs[0]], empty, scales], mode="linear",
                             coordinate_transformation_mode="half_pixel")

    def op_reshape(self, _, inputs, output):
        x, source, shape = self.names[inputs[0]], self.shape(inputs[0]), self.shape(output)
        if source[1] != 1 or source[2] != 1:  # back to the source's order before flattening
            x = self.out.node("Transpose", [x], perm=[0, 2, 3, 1])
        return self.out.node("Reshape", [x, self.out.constant(np.array(shape, np.int64))])


def convert_tflite(data, name, input_name, output_names, first_operator=0, input_tensor=None):
    return TfliteConverter(data).convert(name, input_name, output_names, first_operator, input_tensor)
