#include "core/checkpoint/model_tables.h"

namespace emc {

namespace {

// models.md 3.1, A.1
constexpr const char* kTransVae = R"(
model trans-vae
label Trans-VAE
flag online reaction_decoder.lstm.
variant online online offline
size width 128 speaker_behaviour_encoder.fusion_layer.bias:0 reaction_decoder.vae_model.mu_token:0 reaction_decoder.vae_model.linear.bias:0
size feedforward 256 reaction_decoder.vae_model.seqTransEncoder.layers.0.linear1.bias:0 reaction_decoder.listener_reaction_decoder_1.layers.0.linear1.bias:0 reaction_decoder.listener_reaction_decoder_2.layers.0.linear1.bias:0
ten speaker_behaviour_encoder.video_encoder.Conv3D.conv1.weight 32 3 1 7 7
ten speaker_behaviour_encoder.video_encoder.Conv3D.conv2.weight width 32 1 7 7
ten speaker_behaviour_encoder.video_encoder.Conv3D.{conv3,conv4,conv5}.weight width width 1 3 3
lin speaker_behaviour_encoder.video_encoder.fc width width
lin speaker_behaviour_encoder.audio_feature_map width 78
lin speaker_behaviour_encoder.fusion_layer width 2*width
ten reaction_decoder.vae_model.{mu_token,logvar_token} width
lin reaction_decoder.vae_model.linear width width
enc reaction_decoder.vae_model.seqTransEncoder.layers.0 width feedforward
dec reaction_decoder.{listener_reaction_decoder_1,listener_reaction_decoder_2}.layers.0 width feedforward
lin reaction_decoder.listener_reaction_3dmm_map_layer 58 width
lin reaction_decoder.listener_reaction_emotion_map_layer.0 width width+58
lin reaction_decoder.listener_reaction_emotion_map_layer.1 25 width
lin fusion width width+83
?ten reaction_decoder.PE.pe 5000 1 width
[online] ten reaction_decoder.lstm.{weight_ih_l0,weight_hh_l0} 4*width width
[online] ten reaction_decoder.lstm.{bias_ih_l0,bias_hh_l0} 4*width
[online] lin reaction_decoder.linear_3d width 58
[online] lin reaction_decoder.linear_reaction width width
[online] dec reaction_decoder.listener_reaction_decoder_3d.layers.0 width feedforward
)";

// models.md 3.2, A.2; correction 1: only the port has dll
constexpr const char* kRegnn = R"(
model regnn
label REGNN
flag port cognitive_processor.dll.
flag indirect cognitive_processor.convert_layer.weight1
variant port port original
size width 128 perceptual_processor.fuse_model.proj1.bias:0 perceptual_processor.fuse_model.proj2.bias:0
size video 768 perceptual_processor.fuse_model.proj_v.weight:1
size audio 128 perceptual_processor.fuse_model.proj_a.weight:1
size fused 64 perceptual_processor.fuse_model.out_layer.bias:0
size layers 5 #perceptual_processor.fuse_model.trans_v_with_a.layers. #perceptual_processor.fuse_model.trans_v_mem.layers.
size feedforward 512 perceptual_processor.fuse_model.trans_v_mem.layers.0.fc1.bias:0
size nodes 25 motor_processor.Layers.0.norm_layer._shift:0 motor_processor.Layers.1.norm_layer._shift:0
size frames 50 cognitive_processor.EdgeLayer.qk.1.weight:1 cognitive_processor.EdgeLayer.qk.0.fc1.bias:0 motor_processor.sign_s:0
size edges 8 motor_processor.Layers.0.attn_1.w:1 motor_processor.Layers.1.attn_1.w:1
size steps 2 #motor_processor.Layers.
size gaussians 6 #cognitive_processor.dll.mean_
ten perceptual_processor.fuse_model.proj_v.weight width video 1
-ten perceptual_processor.fuse_model.proj_a.weight width audio 1
mha perceptual_processor.fuse_model.{trans_v_with_a,trans_v_mem}.layers.{#layers}.self_attn width
lin perceptual_processor.fuse_model.{trans_v_with_a,trans_v_mem}.layers.{#layers}.fc1 feedforward width
lin perceptual_processor.fuse_model.{trans_v_with_a,trans_v_mem}.layers.{#layers}.fc2 width feedforward
ln perceptual_processor.fuse_model.{trans_v_with_a,trans_v_mem}.layers.{#layers}.layer_norms.{0,1} width
ln perceptual_processor.fuse_model.{trans_v_with_a,trans_v_mem}.layer_norm width
?ten perceptual_processor.fuse_model.{trans_v_with_a,trans_v_mem}.{version,embed_positions._float_tensor} 1
lin perceptual_processor.fuse_model.{proj1,proj2} width width
lin perceptual_processor.fuse_model.out_layer fused width
[!indirect] lin cognitive_processor.convert_layer.fc1 32 fused
[!indirect] lin cognitive_processor.convert_layer.fc2 nodes 32
[indirect] ten cognitive_processor.convert_layer.weight1 frames fused fused
[indirect] ten cognitive_processor.convert_layer.bias1 frames 1 fused
[indirect] ten cognitive_processor.convert_layer.weight2 frames fused nodes
[indirect] ten cognitive_processor.convert_layer.bias2 frames 1 nodes
[port] -lin cognitive_processor.dll.mean_{#gaussians}.{fc1,fc2} frames frames
lin cognitive_processor.EdgeLayer.qk.0.{fc1,fc2} frames frames
ten cognitive_processor.EdgeLayer.qk.1.weight 2*edges*frames frames
ten motor_processor.Layers.{#steps}.norm_layer.{_log_scale,_shift} nodes
ten motor_processor.Layers.{#steps}.attn_1.w 1 edges
lin motor_processor.Layers.{#steps}.attn_1.qk 2*frames frames
-ten motor_processor.{l,u} frames frames
-ten motor_processor.log_s frames
?ten motor_processor.p frames frames
?ten motor_processor.sign_s frames
)";

// models.md 3.3, A.3
constexpr const char* kTokenizer = R"(
model faceais-tokenizer
label FaceAIS tokenizer
flag bias encoder.h.0.ln_1.bias
size width 252 encoder.wfe.bias:0 encoder.ln_f.weight:0 decoder_to_3dmm.ln_f.weight:0 quantize.quantize.project_out.bias:0
size block 32 encoder.wpe.weight:0 decoder_to_3dmm.wpe.weight:0
size layers 12 #encoder.h. #decoder_to_3dmm.h. #decoder_to_emotion.h.
size levels 4 quantize.quantize.project_in.bias:0 quantize.quantize.project_in.weight:0 quantize.quantize.project_out.weight:1
lin encoder.wfe width 58
ten {encoder,decoder_to_3dmm}.wpe.weight block width
lin decoder_to_3dmm.wfe width width
lnw {encoder,decoder_to_3dmm,decoder_to_emotion}.h.{#layers}.{ln_1,ln_2} width
linw {encoder,decoder_to_3dmm,decoder_to_emotion}.h.{#layers}.attn.c_attn 3*width width
linw {encoder,decoder_to_3dmm,decoder_to_emotion}.h.{#layers}.attn.c_proj width width
linw {encoder,decoder_to_3dmm,decoder_to_emotion}.h.{#layers}.mlp.c_fc 4*width width
linw {encoder,decoder_to_3dmm,decoder_to_emotion}.h.{#layers}.mlp.c_proj width 4*width
[bias] ten {encoder,decoder_to_3dmm,decoder_to_emotion}.h.{#layers}.{ln_1,ln_2,attn.c_proj,mlp.c_proj}.bias width
[bias] ten {encoder,decoder_to_3dmm,decoder_to_emotion}.h.{#layers}.attn.c_attn.bias 3*width
[bias] ten {encoder,decoder_to_3dmm,decoder_to_emotion}.h.{#layers}.mlp.c_fc.bias 4*width
lnw {encoder,decoder_to_3dmm,decoder_to_emotion}.ln_f width
[bias] ten {encoder,decoder_to_3dmm,decoder_to_emotion}.ln_f.bias width
lin quantize.quantize.project_in levels width
lin quantize.quantize.project_out width levels
linw lm_head_3dmm 58 width
linw lm_head_emotion 25 width
drop *.attn.bias
drop quantize.quantize._*
drop quantize.quantize.implicit_codebook
)";

// models.md 3.3, A.4
constexpr const char* kPredictor = R"(
model faceais
label FaceAIS predictor
size width 360 wav2vec2_c_proj.bias:0 lt_cm_transformer.ln_f.weight:0 lm_head.weight:1
size sound 512 wav2vec2_c_proj.weight:1
size vocabulary 2050 lm_head.weight:0 lt_cm_transformer.wte.weight:0 sp_cm_transformer.wte_face.weight:0
size sounds 322 sp_cm_transformer.wte_sound.weight:0
size sound_block 512 sp_cm_transformer.wpe_sound.weight:0
size block 256 lt_cm_transformer.wpe.weight:0 sp_cm_transformer.wpw_face.weight:0
size layers 8 #lt_cm_transformer.h. #sp_cm_transformer.h. #sp_cm_transformer.h_face. #lt_cm_transformer.h_listener.
-ten sp_cm_transformer.wte_sound.weight sounds width
ten sp_cm_transformer.wpe_sound.weight sound_block width
ten sp_cm_transformer.wte_face.weight vocabulary width
ten sp_cm_transformer.wpw_face.weight block width
ten lt_cm_transformer.wte.weight vocabulary width
ten lt_cm_transformer.wpe.weight block width
ln {sp_cm_transformer.h_sound,sp_cm_transformer.h_face,lt_cm_transformer.h_speaker,lt_cm_transformer.h_listener,sp_cm_transformer.h,lt_cm_transformer.h}.{#layers}.{ln_1,ln_2} width
lin {sp_cm_transformer.h_sound,sp_cm_transformer.h_face,lt_cm_transformer.h_speaker,lt_cm_transformer.h_listener,sp_cm_transformer.h,lt_cm_transformer.h}.{#layers}.attn.c_attn 3*width width
lin {sp_cm_transformer.h_sound,sp_cm_transformer.h_face,lt_cm_transformer.h_speaker,lt_cm_transformer.h_listener,sp_cm_transformer.h,lt_cm_transformer.h}.{#layers}.attn.c_proj width width
lin {sp_cm_transformer.h_sound,sp_cm_transformer.h_face,lt_cm_transformer.h_speaker,lt_cm_transformer.h_listener,sp_cm_transformer.h,lt_cm_transformer.h}.{#layers}.mlp.c_fc 4*width width
lin {sp_cm_transformer.h_sound,sp_cm_transformer.h_face,lt_cm_transformer.h_speaker,lt_cm_transformer.h_listener,sp_cm_transformer.h,lt_cm_transformer.h}.{#layers}.mlp.c_proj width 4*width
ln {sp_cm_transformer,lt_cm_transformer}.h.{#layers}.ln_3 width
ten {sp_cm_transformer,lt_cm_transformer}.h.{#layers}.gated_alpha
lin {sp_cm_transformer,lt_cm_transformer}.h.{#layers}.attn_cross.{x_c_attn,c_proj} width width
lin {sp_cm_transformer,lt_cm_transformer}.h.{#layers}.attn_cross.y_c_attn 2*width width
-ln sp_cm_transformer.ln_f width
ln lt_cm_transformer.ln_f width
lin wav2vec2_c_proj width sound
linw lm_head vocabulary width
drop *.attn.bias
drop *.attn_cross.bias
)";

// models.md 3.4, A.5
constexpr const char* kBelfusionVae = R"(
model belfusion-vae
label BeLFusion autoencoder
size width 128 fc_mu_enc.bias:0 fc_logvar_enc.bias:0 fc_z_dec.bias:0
ten x_rnn.rnn_f.weight_ih 3*width 25
ten x_rnn.rnn_f.weight_hh 3*width width
ten {x_rnn,d_rnn}.rnn_f.{bias_ih,bias_hh} 3*width
lin {fc_mu_enc,fc_logvar_enc,fc_z_dec} width width
ten d_rnn.rnn_f.weight_ih 3*width width+25
ten d_rnn.rnn_f.weight_hh 3*width width
lin d_mlp.affine_layers.0 64 width
lin d_mlp.affine_layers.1 64 64
lin d_out 25 64
lin coeff_reg.0 128 25
lin coeff_reg.2 58 128
?ten statistics.{min,max,mean,std,var} width
drop emc.*
)";
constexpr const char* kBelfusion = R"(
model belfusion
label BeLFusion denoiser
size latent 128 cond_embed.0.bias:0 cond_embed.2.bias:0 time_embed.2.bias:0
size width 1024 layers.0.linear.bias:0 layers.1.linear.bias:0
size time 64 time_embed.0.weight:1
lin time_embed.0 latent time
lin time_embed.2 latent latent
lin cond_embed.{0,2} latent latent
lin layers.0.linear width latent+latent
lin layers.{1,2,3,4,5,6,7,8}.linear width width+latent
lin layers.9.linear latent width+latent
ln layers.{0,1,2,3,4,5,6,7,8}.norm width
lin layers.{0,1,2,3,4,5,6,7,8}.linear_emb width latent+latent
drop *.cond_layers.1.weight
drop *.cond_layers.1.bias
)";

// models.md 3.3: only the convolutions and one norm of wav2vec2-base-960h are used
constexpr const char* kWav2vec2 = R"(
model wav2vec2
label wav2vec2 front end
size width 512 feature_extractor.conv_layers.0.layer_norm.bias:0 feature_projection.layer_norm.bias:0
ten feature_extractor.conv_layers.0.conv.weight width 1 10
ten feature_extractor.conv_layers.{1,2,3,4}.conv.weight width width 3
ten feature_extractor.conv_layers.{5,6}.conv.weight width width 2
ln feature_extractor.conv_layers.0.layer_norm width
ln feature_projection.layer_norm width
drop masked_spec_embed
drop encoder.*
drop feature_projection.projection.*
drop lm_head.*
drop quantizer.*
drop project_*
)";

// models.md 3.2: Swin-T and VGGish, frozen under REGNN. Swin comes under its first authors' names, under torchvision's
// and under timm's (where the merging stands at the beginning of the next stage); we write the first.
constexpr const char* kSwin = R"(
model swin-t
label Swin-T
flag head head.weight
flag fc head.fc.
flag torchvision features.0.0.
flag late layers.3.downsample.
rename torchvision features.0.0. patch_embed.proj.
rename torchvision features.0.2. patch_embed.norm.
rename torchvision features.1. layers.0.blocks.
rename torchvision features.2. layers.0.downsample.
rename torchvision features.3. layers.1.blocks.
rename torchvision features.4. layers.1.downsample.
rename torchvision features.5. layers.2.blocks.
rename torchvision features.6. layers.2.downsample.
rename torchvision features.7. layers.3.blocks.
rename torchvision .mlp.0. .mlp.fc1.
rename torchvision .mlp.3. .mlp.fc2.
rename late layers.1.downsample. layers.0.downsample.
rename late layers.2.downsample. layers.1.downsample.
rename late layers.3.downsample. layers.2.downsample.
rename fc head.fc. head.
size width 96 patch_embed.proj.bias:0 patch_embed.norm.bias:0
size classes 7 head.bias:0
size depth0 2 #layers.0.blocks.
size depth1 2 #layers.1.blocks.
size depth2 6 #layers.2.blocks.
size depth3 2 #layers.3.blocks.
size heads 3 layers.0.blocks.0.attn.relative_position_bias_table:1 layers.0.blocks.1.attn.relative_position_bias_table:1
ten patch_embed.proj.weight width 3 4 4
ten patch_embed.proj.bias width
ln patch_embed.norm width
swin layers.0.blocks.{#depth0} width heads
swin layers.1.blocks.{#depth1} 2*width 2*heads
swin layers.2.blocks.{#depth2} 4*width 4*heads
swin layers.3.blocks.{#depth3} 8*width 8*heads
ln layers.0.downsample.norm 4*width
ln layers.1.downsample.norm 8*width
ln layers.2.downsample.norm 16*width
linw layers.0.downsample.reduction 2*width 4*width
linw layers.1.downsample.reduction 4*width 8*width
linw layers.2.downsample.reduction 8*width 16*width
ln norm 8*width
[head] -lin head classes 8*width
drop *.attn_mask
drop *.relative_position_index
)";
constexpr const char* kVggish = R"(
model vggish
label VGGish
lin2 features.0 64 1
lin2 features.3 128 64
lin2 features.6 256 128
lin2 features.8 256 256
lin2 features.11 512 256
lin2 features.13 512 512
lin embeddings.0 4096 12288
lin embeddings.2 4096 4096
lin embeddings.4 128 4096
?ten pproc.pca_eigen_vectors 128 128
?ten pproc.pca_means 128 1
)";
// The file beside it, a dict of two arrays
constexpr const char* kVggishPca = R"(
model vggish-pca
label VGGish PCA
ten pca_eigen_vectors 128 128
ten pca_means 128
)";

// models.md 2.5: the features of the published Fréchet distances, as pytorch-fid and torch-fidelity keep them
constexpr const char* kInceptionFid = R"(
model inception-fid
label Inception (FID)
size classes 1008 fc.bias:0
cbn Conv2d_1a_3x3 32 3 3 3
cbn Conv2d_2a_3x3 32 32 3 3
cbn Conv2d_2b_3x3 64 32 3 3
cbn Conv2d_3b_1x1 80 64 1 1
cbn Conv2d_4a_3x3 192 80 3 3
cbn Mixed_5b.branch1x1 64 192 1 1
cbn Mixed_5c.branch1x1 64 256 1 1
cbn Mixed_5d.branch1x1 64 288 1 1
cbn Mixed_5b.branch5x5_1 48 192 1 1
cbn Mixed_5c.branch5x5_1 48 256 1 1
cbn Mixed_5d.branch5x5_1 48 288 1 1
cbn Mixed_5b.branch3x3dbl_1 64 192 1 1
cbn Mixed_5c.branch3x3dbl_1 64 256 1 1
cbn Mixed_5d.branch3x3dbl_1 64 288 1 1
cbn Mixed_5b.branch_pool 32 192 1 1
cbn Mixed_5c.branch_pool 64 256 1 1
cbn Mixed_5d.branch_pool 64 288 1 1
cbn Mixed_{5b,5c,5d}.branch5x5_2 64 48 5 5
cbn Mixed_{5b,5c,5d,6a}.branch3x3dbl_2 96 64 3 3
cbn Mixed_{5b,5c,5d,6a}.branch3x3dbl_3 96 96 3 3
cbn Mixed_6a.branch3x3 384 288 3 3
cbn Mixed_6a.branch3x3dbl_1 64 288 1 1
cbn Mixed_{6b,6c,6d,6e}.{branch1x1,branch_pool} 192 768 1 1
cbn Mixed_6b.{branch7x7_1,branch7x7dbl_1} 128 768 1 1
cbn Mixed_6b.{branch7x7_2,branch7x7dbl_3} 128 128 1 7
cbn Mixed_6b.{branch7x7dbl_2,branch7x7dbl_4} 128 128 7 1
cbn Mixed_6b.branch7x7_3 192 128 7 1
cbn Mixed_6b.branch7x7dbl_5 192 128 1 7
cbn Mixed_{6c,6d}.{branch7x7_1,branch7x7dbl_1} 160 768 1 1
cbn Mixed_{6c,6d}.{branch7x7_2,branch7x7dbl_3} 160 160 1 7
cbn Mixed_{6c,6d}.{branch7x7dbl_2,branch7x7dbl_4} 160 160 7 1
cbn Mixed_{6c,6d}.branch7x7_3 192 160 7 1
cbn Mixed_{6c,6d}.branch7x7dbl_5 192 160 1 7
cbn Mixed_6e.{branch7x7_1,branch7x7dbl_1} 192 768 1 1
cbn Mixed_6e.{branch7x7_2,branch7x7dbl_3} 192 192 1 7
cbn Mixed_6e.{branch7x7dbl_2,branch7x7dbl_4} 192 192 7 1
cbn Mixed_6e.branch7x7_3 192 192 7 1
cbn Mixed_6e.branch7x7dbl_5 192 192 1 7
cbn Mixed_7a.{branch3x3_1,branch7x7x3_1} 192 768 1 1
cbn Mixed_7a.branch3x3_2 320 192 3 3
cbn Mixed_7a.branch7x7x3_2 192 192 1 7
cbn Mixed_7a.branch7x7x3_3 192 192 7 1
cbn Mixed_7a.branch7x7x3_4 192 192 3 3
cbn Mixed_7b.branch1x1 320 1280 1 1
cbn Mixed_7c.branch1x1 320 2048 1 1
cbn Mixed_7b.branch3x3_1 384 1280 1 1
cbn Mixed_7c.branch3x3_1 384 2048 1 1
cbn Mixed_7b.branch3x3dbl_1 448 1280 1 1
cbn Mixed_7c.branch3x3dbl_1 448 2048 1 1
cbn Mixed_7b.branch_pool 192 1280 1 1
cbn Mixed_7c.branch_pool 192 2048 1 1
cbn Mixed_{7b,7c}.branch3x3dbl_2 384 448 3 3
cbn Mixed_{7b,7c}.{branch3x3_2a,branch3x3dbl_3a} 384 384 1 3
cbn Mixed_{7b,7c}.{branch3x3_2b,branch3x3dbl_3b} 384 384 3 1
-lin fc classes 2048
drop *.num_batches_tracked
)";

constexpr const char* kTables[] = {kTransVae, kRegnn, kTokenizer, kPredictor, kBelfusionVae, kBelfusion,
                                   kWav2vec2, kSwin,  kVggish,    kVggishPca, kInceptionFid};

} // namespace

std::span<const char* const> modelTables() {
    return kTables;
}

} // namespace emc
