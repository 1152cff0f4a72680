#include "core/train/trainable.h"

namespace emc {

Batch Batch::to(torch::Device device) const {
    Batch moved = *this;
    for (torch::Tensor* tensor :
         {&moved.frames, &moved.faceFeatures, &moved.mfcc, &moved.speakerEmotion, &moved.speakerCoeffs,
          &moved.speechEmotion, &moved.listenerEmotion, &moved.listenerCoeffs, &moved.faceDropped, &moved.speechDropped,
          &moved.neighbourEmotion, &moved.neighbourCoeffs})
        if (tensor->defined()) *tensor = tensor->to(device);
    return moved;
}

} // namespace emc
