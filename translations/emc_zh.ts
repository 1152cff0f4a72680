<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Channels</name>
    <message>
        <source>valence</source>
        <translation>效价</translation>
    </message>
    <message>
        <source>arousal</source>
        <translation>唤醒度</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>中性</translation>
    </message>
    <message>
        <source>happy</source>
        <translation>高兴</translation>
    </message>
    <message>
        <source>sad</source>
        <translation>悲伤</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>惊讶</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>恐惧</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>厌恶</translation>
    </message>
    <message>
        <source>anger</source>
        <translation>愤怒</translation>
    </message>
    <message>
        <source>contempt</source>
        <translation>轻蔑</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>H.264 and AAC</source>
        <translation>H.264 和 AAC</translation>
    </message>
    <message>
        <source>3D heads</source>
        <translation>3D 头部</translation>
    </message>
    <message>
        <source>Face networks</source>
        <translation>人脸网络</translation>
    </message>
    <message>
        <source>Video, sound, 3D</source>
        <translation>视频、声音、3D</translation>
    </message>
    <message>
        <source>Demo clip</source>
        <translation>演示片段</translation>
    </message>
    <message>
        <source>Demo weights</source>
        <translation>演示权重</translation>
    </message>
    <message>
        <source>Official features</source>
        <translation>官方特征</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>not in this build</source>
        <translation>此构建未包含</translation>
    </message>
    <message>
        <source>Run ./studio setup</source>
        <translation>运行 ./studio setup</translation>
    </message>
    <message>
        <source>Install libegl1 and libgl1-mesa-dri</source>
        <translation>安装 libegl1 和 libgl1-mesa-dri</translation>
    </message>
    <message>
        <source>Install ffmpeg&apos;s libraries with libx264</source>
        <translation>安装带 libx264 的 ffmpeg 库</translation>
    </message>
    <message>
        <source>Set EMC_RESOURCES to the resources folder of the source tree</source>
        <translation>将 EMC_RESOURCES 设为源码树的 resources 文件夹</translation>
    </message>
    <message>
        <source>Free at least 2 GB: runs and films need it</source>
        <translation>至少腾出 2 GB：运行和视频都需要空间</translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>Concordance (CCC, mean of 25 dimensions) with the best appropriate listener, summed over the samples, mean over clips</source>
        <translation>与最佳恰当倾听者的一致性（CCC，25 维均值），对样本求和，对片段取均值</translation>
    </message>
    <message>
        <source>Dynamic time warping distance to the nearest appropriate listener, action units / 15 + valence-arousal + expressions / 8, summed over the samples, mean over clips</source>
        <translation>到最近恰当倾听者的动态时间规整距离，动作单元 / 15 + 效价-唤醒度 + 表情 / 8，对样本求和，对片段取均值</translation>
    </message>
    <message>
        <source>Mean squared difference between the samples of a clip (S-MSE), mean over clips</source>
        <translation>同一片段各样本之间的均方差异 (S-MSE)，对片段取均值</translation>
    </message>
    <message>
        <source>Variance over time (divisor T - 1), mean over clips, samples and dimensions</source>
        <translation>时间上的方差（除数 T - 1），对片段、样本和维度取均值</translation>
    </message>
    <message>
        <source>Mean squared difference between the predictions for different clips, mean over the sample slots</source>
        <translation>不同片段的预测之间的均方差异，对样本槽位取均值</translation>
    </message>
    <message>
        <source>Size of the lag, up to 49 frames, at which prediction and speaker correlate best (TLCC)</source>
        <translation>预测与说话人相关性最高时的时滞大小，最多 49 帧 (TLCC)</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>语料库</translation>
    </message>
    <message>
        <source>Folder of a corpus in the REACT layout.</source>
        <translation>REACT 目录结构的语料库文件夹。</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>截取</translation>
    </message>
    <message>
        <source>Length of the pieces that are cut from the clips for training; 0 = what suits the model.</source>
        <translation>训练时从片段中截取的小段长度；0 = 适合该模型的值。</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>步幅</translation>
    </message>
    <message>
        <source>Frames that become one step of the network; 1 is the full 25 steps a second, 0 = what suits the model.</source>
        <translation>网络的一步对应多少帧；1 为完整的每秒 25 步，0 = 适合该模型的值。</translation>
    </message>
    <message>
        <source>Face size</source>
        <translation>人脸尺寸</translation>
    </message>
    <message>
        <source>Side of the square face pictures that the frame encoder sees.</source>
        <translation>帧编码器所见方形人脸图像的边长。</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Frame encoder</source>
        <translation>帧编码器</translation>
    </message>
    <message>
        <source>Trained once for the corpus and then kept (frozen), or trained along with the model from the pictures (joint, slow).</source>
        <translation>针对语料库训练一次后保持不变 (frozen)，或与模型一起从图像训练（joint，较慢）。</translation>
    </message>
    <message>
        <source>Drop the face</source>
        <translation>丢弃人脸</translation>
    </message>
    <message>
        <source>Share of the training items that are shown without the face (modality dropout, for comparison with CMA).</source>
        <translation>不提供人脸的训练样本占比（模态丢弃，用于与 CMA 比较）。</translation>
    </message>
    <message>
        <source>Drop the voice</source>
        <translation>丢弃语音</translation>
    </message>
    <message>
        <source>Share of the training items that are shown without the voice (modality dropout, for comparison with CMA).</source>
        <translation>不提供语音的训练样本占比（模态丢弃，用于与 CMA 比较）。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Which model is trained.</source>
        <translation>要训练的模型。</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>fixed learns in short runs; compat follows the published network to the letter.</source>
        <translation>fixed 在较短的运行中即可学会；compat 严格遵循已发表的网络。</translation>
    </message>
    <message>
        <source>Substitute</source>
        <translation>替代方式</translation>
    </message>
    <message>
        <source>What stands in for a missing modality during training of an EMC model.</source>
        <translation>训练 EMC 模型时用什么替代缺失的模态。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>情感</translation>
    </message>
    <message>
        <source>Weight of the 25 emotion attributes in the reconstruction.</source>
        <translation>25 个情感属性在重建中的权重。</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Weight of the 52 expression coefficients in the reconstruction.</source>
        <translation>52 个表情系数在重建中的权重。</translation>
    </message>
    <message>
        <source>Pose</source>
        <translation>姿态</translation>
    </message>
    <message>
        <source>Weight of the 6 pose coefficients in the reconstruction.</source>
        <translation>6 个姿态系数在重建中的权重。</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Weight that pulls the reaction&apos;s distribution towards the standard normal one; too small and all samples are alike.</source>
        <translation>将反应分布拉向标准正态分布的权重；过小则所有样本趋同。</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>Weight of the term that pushes two samples of the same clip apart.</source>
        <translation>将同一片段的两个样本推开的损失项权重。</translation>
    </message>
    <message>
        <source>CMA</source>
        <translation>CMA</translation>
    </message>
    <message>
        <source>Weight of the loss of compensatory modality alignment.</source>
        <translation>补偿性模态对齐损失的权重。</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>Weight of the loss that draws the distributions with and without a modality together; 0 switches it off.</source>
        <translation>拉近有、无某一模态时两种分布的损失权重；0 表示关闭。</translation>
    </message>
    <message>
        <source>Withhold emotion</source>
        <translation>隐去情感</translation>
    </message>
    <message>
        <source>Share of the training items whose emotion input is withheld, so that the model does not lean on it alone.</source>
        <translation>不提供情感输入的训练样本占比，以免模型只依赖情感。</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Step size of AdamW after the warm-up.</source>
        <translation>预热之后 AdamW 的步长。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pull of the weights towards zero.</source>
        <translation>将权重拉向零的强度。</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0 switches clipping off.</source>
        <translation>梯度的最大范数；0 表示不裁剪。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Number of pieces in one step; 0 = what suits the model.</source>
        <translation>一步中的小段数量；0 = 适合该模型的值。</translation>
    </message>
    <message>
        <source>clips</source>
        <translation>个片段</translation>
    </message>
    <message>
        <source>Accumulate</source>
        <translation>梯度累积</translation>
    </message>
    <message>
        <source>Batches whose gradients are averaged into one step: a batch of clips x this many in the memory of one.</source>
        <translation>多少批的梯度取平均后合为一步：只占一批的内存，相当于批大小乘以此数。</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>批</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Number of training steps.</source>
        <translation>训练步数。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Steps during which the learning rate rises from zero.</source>
        <translation>学习率从零上升所用的步数。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>How the learning rate goes on after the warm-up.</source>
        <translation>预热之后学习率如何变化。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run folder</source>
        <translation>运行文件夹</translation>
    </message>
    <message>
        <source>Folder where the run is written; a run that is already there with the same options goes on.</source>
        <translation>写入运行的文件夹；若其中已有选项相同的运行，则接着进行。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Number from which everything random is drawn; the same seed gives the same run.</source>
        <translation>所有随机量都由此数生成；种子相同，运行也相同。</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>验证间隔</translation>
    </message>
    <message>
        <source>Steps between two validations.</source>
        <translation>两次验证之间的步数。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心值</translation>
    </message>
    <message>
        <source>Validations in a row without a better one after which the run ends by itself; 0 = it goes to its last step.</source>
        <translation>连续多少次验证没有改善后运行自行结束；0 = 一直到最后一步。</translation>
    </message>
    <message>
        <source>validations</source>
        <translation>次验证</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>Steps between two saved states from which the run can go on.</source>
        <translation>两次保存状态之间的步数，运行可从保存的状态继续。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Processor threads; results are equal to the last bit only for the same number.</source>
        <translation>处理器线程数；仅当线程数相同时，结果才逐位一致。</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>个线程</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where the numbers are crunched; cuda needs an NVIDIA driver and the CUDA libraries that ./studio setup fetches where it finds one (`emc doctor` tells).</source>
        <translation>在何处计算；cuda 需要 NVIDIA 驱动和 CUDA 库，./studio setup 检测到驱动时会下载这些库（可用 `emc doctor` 查看）。</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>There is not enough memory for this</source>
        <translation>内存不足，无法完成此操作</translation>
    </message>
    <message>
        <source>Something went wrong that has no description</source>
        <translation>发生了没有说明的错误</translation>
    </message>
    <message>
        <source>Missing spans</source>
        <translation>缺失区间</translation>
    </message>
</context>
<context>
    <name>StudyBands</name>
    <message>
        <source>training seeds</source>
        <translation>训练种子</translation>
    </message>
    <message>
        <source>damage seeds</source>
        <translation>扰动种子</translation>
    </message>
    <message>
        <source>sampling seeds</source>
        <translation>采样种子</translation>
    </message>
</context>
<context>
    <name>StudyWords</name>
    <message>
        <source>CMA</source>
        <translation>CMA</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>零值</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原始</translation>
    </message>
    <message>
        <source>EMC</source>
        <translation>EMC</translation>
    </message>
    <message>
        <source>EMC, w/o EA</source>
        <translation>EMC · 无 EA</translation>
    </message>
    <message>
        <source>EMC, w/o face</source>
        <translation>EMC · 缺人脸</translation>
    </message>
    <message>
        <source>EMC, w/o speech</source>
        <translation>EMC · 缺语音</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>W/o face, %1</source>
        <translation>缺人脸 · %1</translation>
    </message>
    <message>
        <source>W/o speech, %1</source>
        <translation>缺语音 · %1</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>真值</translation>
    </message>
    <message>
        <source>%1: %2 equals that of %3.</source>
        <translation>%1：%2 与 %3 相同。</translation>
    </message>
    <message>
        <source>%1: %2 is %3 higher than that of %4 (better)</source>
        <translation>%1：%2 比 %4 高 %3（更优）</translation>
    </message>
    <message>
        <source>%1: %2 is %3 higher than that of %4 (worse)</source>
        <translation>%1：%2 比 %4 高 %3（更差）</translation>
    </message>
    <message>
        <source>%1: %2 is %3 lower than that of %4 (better)</source>
        <translation>%1：%2 比 %4 低 %3（更优）</translation>
    </message>
    <message>
        <source>%1: %2 is %3 lower than that of %4 (worse)</source>
        <translation>%1：%2 比 %4 低 %3（更差）</translation>
    </message>
    <message>
        <source>%1; it has no values per clip to test.</source>
        <translation>%1；没有逐片段的数值可供检验。</translation>
    </message>
    <message>
        <source>%1; better on %2 of %3 clips, p = %4 after Holm: </source>
        <translation>%1；%3 个片段中有 %2 个更优，Holm 校正后 p = %4: </translation>
    </message>
    <message>
        <source>more than chance explains on these clips.</source>
        <translation>差异超出这些片段上的随机波动。</translation>
    </message>
    <message>
        <source>not told apart from chance on these clips.</source>
        <translation>在这些片段上与随机波动无法区分。</translation>
    </message>
    <message>
        <source>No model of this kind was chosen.</source>
        <translation>未选择此类模型。</translation>
    </message>
    <message>
        <source>The metric has no value here.</source>
        <translation>该指标在此处没有值。</translation>
    </message>
    <message>
        <source>Value: %1</source>
        <translation>值：%1</translation>
    </message>
    <message numerus="yes">
        <source> ± %1 over %n training seed(s)</source>
        <translation>
            <numerusform> ± %1（%n 个训练种子）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> ± %1 over %n draw(s) of one network: says nothing about other trainings</source>
        <translation>
            <numerusform> ± %1（同一网络的 %n 次采样，不能说明其他训练的情况）</numerusform>
        </translation>
    </message>
    <message>
        <source>Change: %1, %2 % interval %3 to %4</source>
        <translation>变化：%1，%2% 区间 %3 至 %4</translation>
    </message>
    <message>
        <source>p after Holm: %1 (paired permutation)</source>
        <translation>Holm 校正后 p：%1（配对置换检验）</translation>
    </message>
    <message>
        <source>Effect: d_z %1, Cliff&apos;s δ %2</source>
        <translation>效应量：d_z %1，Cliff&apos;s δ %2</translation>
    </message>
    <message>
        <source>unbounded</source>
        <translation>无界</translation>
    </message>
    <message>
        <source>Published: %1 (other data, not comparable)</source>
        <translation>已发表：%1（数据不同，不可比较）</translation>
    </message>
    <message>
        <source>Double click shows the clips.</source>
        <translation>双击可查看各片段。</translation>
    </message>
    <message>
        <source>± is the standard deviation over training seeds.</source>
        <translation>± 为各训练种子间的标准差。</translation>
    </message>
    <message>
        <source>± with (s) is the spread over draws of one network: it says nothing about other trainings.</source>
        <translation>带 (s) 的 ± 为同一网络多次采样的离散程度，不能说明其他训练的情况。</translation>
    </message>
    <message>
        <source>Changes are tested by paired permutation over the clips, with Holm&apos;s correction over the column; intervals: bootstrap over the clips (%1, %2 %). The tests are about these networks on other clips, not about other trainings.</source>
        <translation>变化以片段为单位做配对置换检验，并按列做 Holm 校正；区间由片段自助法得出（%1，%2%）。检验针对这些网络在其他片段上的表现，不涉及其他训练。</translation>
    </message>
    <message>
        <source>FRSyn of %1 % of the clips is decided by an attribute that never changes, in every row.</source>
        <translation>在所有行中，%1% 片段的 FRSyn 由一个从不变化的属性决定。</translation>
    </message>
    <message>
        <source>FRSyn of %1 % of the clips is decided by an attribute that never changes, in %2.</source>
        <translation>在 %2 中，%1% 片段的 FRSyn 由一个从不变化的属性决定。</translation>
    </message>
    <message>
        <source>%1 of %2 reactions</source>
        <translation>反应 %1/%2</translation>
    </message>
    <message>
        <source>to be scored</source>
        <translation>待评分</translation>
    </message>
</context>
<context>
    <name>emc::AttentionPanel</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source>Attention of %1, %2, %3</source>
        <translation>%1 的注意力，%2，%3</translation>
    </message>
    <message>
        <source>mean of heads</source>
        <translation>各头均值</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>%1, %2, layer %3. %4, %5. %6 Query row at %7 s.</source>
        <translation>%1，%2，第 %3 层。%4，%5。%6查询行位于 %7 s。</translation>
    </message>
    <message>
        <source>Signed difference, symmetric limits.</source>
        <translation>带符号的差值，上下限对称。</translation>
    </message>
    <message>
        <source>Colour follows the weight to the power of 0.62; H: entropy of each row.</source>
        <translation>颜色按权重的 0.62 次方映射；H：各行的熵。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Part of the attention</source>
        <translation>注意力的部分</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>注意力图</translation>
    </message>
    <message>
        <source>Δ model</source>
        <translation>Δ 模型</translation>
    </message>
    <message>
        <source>Δ switches</source>
        <translation>Δ 开关</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>The row of the frame under the playhead appears here.</source>
        <translation>播放头所在帧对应的行显示在此处。</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Strongest keys</source>
        <translation>最强的键</translation>
    </message>
    <message>
        <source>Follow playhead</source>
        <translation>跟随播放头</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Needs a second model with the same attention.</source>
        <translation>需要另一个具有相同注意力的模型。</translation>
    </message>
    <message>
        <source>Turn a switch: the attention before and after it is then compared.</source>
        <translation>切换一个开关，即可比较切换前后的注意力。</translation>
    </message>
    <message>
        <source>This attention has one layer.</source>
        <translation>此注意力只有一层。</translation>
    </message>
    <message>
        <source>query: %1 time, s</source>
        <translation>查询：%1时间 (s)</translation>
    </message>
    <message>
        <source>key: %1 time, s</source>
        <translation>键：%1时间 (s)</translation>
    </message>
    <message>
        <source>No attention yet. Show a model with attention and let it react.</source>
        <translation>尚无注意力。显示一个带注意力的模型并让其反应。</translation>
    </message>
    <message>
        <source>%1 has no attention to show.</source>
        <translation>%1 没有可显示的注意力。</translation>
    </message>
    <message>
        <source>This map is being fetched.</source>
        <translation>正在获取此注意力图。</translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>尚无可导出的内容。</translation>
    </message>
    <message>
        <source>Query row at %1</source>
        <translation>查询行：%1</translation>
    </message>
    <message>
        <source>difference %1</source>
        <translation>差值 %1</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>Attention, query %1 s</source>
        <translation>注意力，查询 %1 s</translation>
    </message>
    <message>
        <source>Key time</source>
        <translation>键时间</translation>
    </message>
    <message>
        <source>Speaker at that moment</source>
        <translation>该时刻的说话人</translation>
    </message>
    <message>
        <source>Speaker then</source>
        <translation>当时说话人</translation>
    </message>
    <message>
        <source>U-EA · face</source>
        <translation>U-EA · 人脸</translation>
    </message>
    <message>
        <source>U-EA · speech</source>
        <translation>U-EA · 语音</translation>
    </message>
    <message>
        <source>M-EA</source>
        <translation>M-EA</translation>
    </message>
    <message>
        <source>S-EA</source>
        <translation>S-EA</translation>
    </message>
    <message>
        <source>face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>emotion</source>
        <translation>情感</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>说话人</translation>
    </message>
    <message>
        <source>reaction</source>
        <translation>反应</translation>
    </message>
</context>
<context>
    <name>emc::Bar</name>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>emc::ClipsModel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
</context>
<context>
    <name>emc::ClipsTab</name>
    <message>
        <source>Clips by value</source>
        <translation>按数值排列的片段</translation>
    </message>
    <message>
        <source>Run of this row</source>
        <translation>此行的运行</translation>
    </message>
    <message>
        <source>Show in Explore</source>
        <translation>在“探索”中显示</translation>
    </message>
    <message>
        <source>Reactions of the clip</source>
        <translation>该片段的反应</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s); bar: this row, line and dashes: %1; better on %2</source>
        <translation>
            <numerusform>%n 个片段；条形：此行，线与虚线：%1；%2 个更优</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s), best first</source>
        <translation>
            <numerusform>%n 个片段，最优在前</numerusform>
        </translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参照</translation>
    </message>
    <message>
        <source>Choose a clip</source>
        <translation>选择一个片段</translation>
    </message>
    <message>
        <source>Its reactions appear here, one by one.</source>
        <translation>其各个反应会逐一显示在此处。</translation>
    </message>
    <message>
        <source>This clip cannot be taken apart</source>
        <translation>此片段无法拆分查看</translation>
    </message>
    <message>
        <source>Run %1 of %2</source>
        <translation>运行 %1/%2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 from %n reaction(s)</source>
        <translation>
            <numerusform>%1：%2，基于 %n 个反应</numerusform>
        </translation>
    </message>
    <message>
        <source>draws of seed %1</source>
        <translation>种子 %1 的采样</translation>
    </message>
    <message>
        <source>Reaction %1</source>
        <translation>反应 %1</translation>
    </message>
    <message>
        <source>own listener</source>
        <translation>配对倾听者</translation>
    </message>
    <message>
        <source>Reaction</source>
        <translation>反应</translation>
    </message>
    <message>
        <source>Most alike listener</source>
        <translation>最相似的倾听者</translation>
    </message>
    <message>
        <source>Nearest listener</source>
        <translation>最近的倾听者</translation>
    </message>
    <message>
        <source>Tick: best reaction; arrow: worst. Every reaction is compared with all listeners who answer this speaker appropriately; the named one decided.</source>
        <translation>对勾：最佳反应；箭头：最差。每个反应都与能对这位说话人作出恰当反应的所有倾听者比较；列出的是决定结果的那一位。</translation>
    </message>
    <message>
        <source>Tick: best reaction; arrow: worst.</source>
        <translation>对勾：最佳反应；箭头：最差。</translation>
    </message>
    <message>
        <source>The ground truth is the real listener; Explore shows it beside every model</source>
        <translation>真值即真实倾听者；“探索”会将其显示在每个模型旁边</translation>
    </message>
    <message>
        <source>Explore lets EMC imagine what is missing; this row stands for another substitute</source>
        <translation>“探索”由 EMC 想象缺失部分；此行采用的是另一种替代方式</translation>
    </message>
    <message>
        <source>Opens the clip with this model, condition and these draws</source>
        <translation>以此模型、条件和这些采样打开片段</translation>
    </message>
</context>
<context>
    <name>emc::CmaPanel</name>
    <message>
        <source>CMA: how a missing modality is imagined</source>
        <translation>CMA：如何想象缺失的模态</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>close to</source>
        <translation>接近</translation>
    </message>
    <message>
        <source>loosely like</source>
        <translation>大致类似于</translation>
    </message>
    <message>
        <source>unlike</source>
        <translation>不同于</translation>
    </message>
    <message>
        <source>The imagined %1 is %2 the true one: cosine %3 on average, %4 at its lowest; distance %5 σ on average, %6 σ at its highest.</source>
        <translation>想象的%1%2真实值：余弦相似度平均 %3，最低 %4；距离平均 %5 σ，最高 %6 σ。</translation>
    </message>
    <message>
        <source>Cross-modal compensation, %1</source>
        <translation>跨模态补偿，%1</translation>
    </message>
    <message>
        <source>%1. %2 imagined, draw %3, temperature %4, seed %5. Bands: 1 and 2 sigma; standardised units. %6</source>
        <translation>%1。%2为想象所得，采样 %3，温度 %4，种子 %5。阴影带：1σ 和 2σ；标准化单位。%6</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>speech ← face</source>
        <translation>语音 ← 人脸</translation>
    </message>
    <message>
        <source>face ← speech</source>
        <translation>人脸 ← 语音</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>per clip</source>
        <translation>每片段</translation>
    </message>
    <message>
        <source>per frame</source>
        <translation>每帧</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>重新采样</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Nothing is imagined. Mark a missing span of speech or face on the timeline, or switch one off, and EMC imagines it.</source>
        <translation>当前没有想象的内容。在时间轴上标记语音或人脸的缺失区间，或关闭其中之一，即由 EMC 想象。</translation>
    </message>
    <message>
        <source>Latent z, posterior mean and spread</source>
        <translation>隐变量 z，后验均值与离散度</translation>
    </message>
    <message>
        <source>Latent dimension</source>
        <translation>隐变量维度</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Compare with the truth</source>
        <translation>与真值比较</translation>
    </message>
    <message>
        <source>Reads the modality that was declared missing, only to compare the substitute with it.</source>
        <translation>读取已声明缺失的模态，仅用于与替代值比较。</translation>
    </message>
    <message>
        <source>Draws, principal components</source>
        <translation>采样，主成分</translation>
    </message>
    <message>
        <source>Walk</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Walk from</source>
        <translation>插值起点</translation>
    </message>
    <message>
        <source>Walk to</source>
        <translation>插值终点</translation>
    </message>
    <message>
        <source>Share of the second draw</source>
        <translation>第二次采样的占比</translation>
    </message>
    <message>
        <source>Leave the walk</source>
        <translation>退出插值</translation>
    </message>
    <message>
        <source>Substitute û against true u</source>
        <translation>替代值 û 与真值 u</translation>
    </message>
    <message>
        <source>Agreement with the truth</source>
        <translation>与真值的一致程度</translation>
    </message>
    <message>
        <source>Without the truth there is nothing to compare with.</source>
        <translation>没有真值，无从比较。</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦相似度</translation>
    </message>
    <message>
        <source>L2 per channel, σ</source>
        <translation>每通道 L2 (σ)</translation>
    </message>
    <message>
        <source>%1  Draw %2</source>
        <translation>%1  采样 %2</translation>
    </message>
    <message>
        <source>Nothing of this kind is imagined now.</source>
        <translation>当前没有想象此类内容。</translation>
    </message>
    <message>
        <source>dimension %1</source>
        <translation>维度 %1</translation>
    </message>
    <message>
        <source>Latent z, draws of the prior</source>
        <translation>隐变量 z，先验采样</translation>
    </message>
    <message>
        <source>%1 draws, held over the span</source>
        <translation>%1 次采样，区间内保持不变</translation>
    </message>
    <message>
        <source>band 1 σ and 2 σ · thin lines: %1 draws</source>
        <translation>阴影带 1 σ 和 2 σ · 细线：%1 次采样</translation>
    </message>
    <message>
        <source>%1 draws of the prior</source>
        <translation>%1 次先验采样</translation>
    </message>
    <message>
        <source>Substitute û</source>
        <translation>替代值 û</translation>
    </message>
    <message>
        <source>%1 channels, standardised</source>
        <translation>%1 个通道，已标准化</translation>
    </message>
    <message>
        <source>%1; true %2 known</source>
        <translation>%1；真实%2已知</translation>
    </message>
    <message>
        <source>prior N(0, 1)</source>
        <translation>先验 N(0, 1)</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>draw %1</source>
        <translation>采样 %1</translation>
    </message>
    <message>
        <source>draw %1: %2</source>
        <translation>采样 %1：%2</translation>
    </message>
    <message>
        <source>%1 mean · %2 lowest</source>
        <translation>均值 %1 · 最低 %2</translation>
    </message>
    <message>
        <source>%1 σ mean · %2 σ highest</source>
        <translation>均值 %1 σ · 最高 %2 σ</translation>
    </message>
    <message>
        <source>%1 – %2 s, draw %3</source>
        <translation>%1 – %2 s，采样 %3</translation>
    </message>
    <message>
        <source>The true %1 was not read, so the substitute cannot be judged.</source>
        <translation>未读取真实%1，无法评判替代值。</translation>
    </message>
    <message>
        <source>posterior mean of true u</source>
        <translation>真值 u 的后验均值</translation>
    </message>
    <message>
        <source>Seed locked: the same draws every time</source>
        <translation>种子已锁定：每次采样相同</translation>
    </message>
    <message>
        <source>Seed free: new draws take a new seed</source>
        <translation>种子未锁定：重新采样会换用新种子</translation>
    </message>
</context>
<context>
    <name>emc::DoctorPage</name>
    <message>
        <source>Playback and import</source>
        <translation>播放与导入</translation>
    </message>
    <message>
        <source>3D and display</source>
        <translation>3D 与显示</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Checking this machine</source>
        <translation>正在检查本机</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>need a fix</source>
        <translation>需要修复</translation>
    </message>
    <message>
        <source>Budgets, measured in this window</source>
        <translation>性能预算（本窗口实测）</translation>
    </message>
    <message>
        <source>Start to usable window</source>
        <translation>启动至可用</translation>
    </message>
    <message>
        <source>Last new reaction</source>
        <translation>最近一次新反应</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>The check itself failed: %1</source>
        <translation>检查本身失败：%1</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>%1, platform %2</source>
        <translation>%1，平台 %2</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n thread(s)</source>
        <translation>
            <numerusform>%1，%n 个线程</numerusform>
        </translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>%1 × %2 at %3 %</source>
        <translation>%1 × %2，缩放 %3%</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Check this machine</source>
        <translation>检查本机</translation>
    </message>
    <message>
        <source>Copy fix</source>
        <translation>复制修复方法</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>needs a fix</source>
        <translation>需要修复</translation>
    </message>
    <message>
        <source>%1 of %2 fine</source>
        <translation>%1/%2 正常</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Ready to work. Nothing needs a fix.</source>
        <translation>一切就绪，无需修复。</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) need a fix.</source>
        <translation>
            <numerusform>%n 项需要修复。</numerusform>
        </translation>
    </message>
    <message>
        <source>checked %1, %2 s</source>
        <translation>检查于 %1，用时 %2 s</translation>
    </message>
</context>
<context>
    <name>emc::DrawsMap</name>
    <message>
        <source>Draws, principal components</source>
        <translation>采样，主成分</translation>
    </message>
    <message>
        <source>PC %1, %2 % of variance</source>
        <translation>PC %1，方差占比 %2%</translation>
    </message>
    <message>
        <source>Draw %1: click to show its reaction</source>
        <translation>采样 %1：单击显示其反应</translation>
    </message>
</context>
<context>
    <name>emc::EvaluatePage</name>
    <message>
        <source>Views of the study</source>
        <translation>实验视图</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Robustness</source>
        <translation>鲁棒性</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>遮挡</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Double click a number of the table to see the clips behind it.</source>
        <translation>双击表格中的数字可查看对应的片段。</translation>
    </message>
    <message>
        <source>Progress of the study</source>
        <translation>实验进度</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What is stored stays; the study can go on later</source>
        <translation>已存储的内容会保留；实验可稍后继续</translation>
    </message>
    <message>
        <source>Table 1</source>
        <translation>表 1</translation>
    </message>
    <message>
        <source>LaTeX</source>
        <translation>LaTeX</translation>
    </message>
    <message>
        <source>Copies the table as LaTeX</source>
        <translation>以 LaTeX 格式复制表格</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Markdown, LaTeX, CSV, JSON, SVG, PDF or PNG</source>
        <translation>Markdown、LaTeX、CSV、JSON、SVG、PDF 或 PNG</translation>
    </message>
    <message>
        <source>Choose a corpus</source>
        <translation>选择语料库</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>文字解读</translation>
    </message>
    <message>
        <source>Notes to the table</source>
        <translation>表格注释</translation>
    </message>
    <message>
        <source>The table is on the clipboard as LaTeX.</source>
        <translation>表格已以 LaTeX 格式复制到剪贴板。</translation>
    </message>
    <message numerus="yes">
        <source>%1 variant · %n clip(s) × %2 reactions</source>
        <translation>
            <numerusform>%1版 · %n 个片段 × %2 个反应</numerusform>
        </translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>official</source>
        <translation>官方</translation>
    </message>
    <message>
        <source>%1 of %2 reactions stored</source>
        <translation>已存储反应 %1/%2</translation>
    </message>
    <message>
        <source>bold best · * p &lt; %1, Holm · publ.: other data, not comparable</source>
        <translation>加粗为最优 · * p &lt; %1，Holm · 已发表：数据不同，不可比较</translation>
    </message>
    <message>
        <source>Synthetic corpus: these numbers test the tool, they are not results about people.</source>
        <translation>合成语料库：这些数字用于测试工具，不是关于人的结果。</translation>
    </message>
    <message>
        <source>Choose a change in the table to read what it says. A change needs the original and its EMC form of one host.</source>
        <translation>在表格中选择一项变化即可查看其含义。计算变化需要同一宿主模型的原始形式和 EMC 形式。</translation>
    </message>
    <message>
        <source>Reading the study</source>
        <translation>正在读取实验</translation>
    </message>
    <message>
        <source>No corpus yet. Choose a folder in the layout of REACT 2024 on the left; `emc corpus make` makes a synthetic one.</source>
        <translation>尚无语料库。在左侧选择 REACT 2024 目录结构的文件夹；`emc corpus make` 可生成合成语料库。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>everything is scored</source>
        <translation>已全部评分</translation>
    </message>
    <message numerus="yes">
        <source>%n reaction(s) to go</source>
        <translation>
            <numerusform>剩余 %n 个反应</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) to score</source>
        <translation>
            <numerusform>剩余 %n 行待评分</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>table.md</source>
        <translation>table.md</translation>
    </message>
    <message>
        <source>Markdown (*.md);;LaTeX (*.tex);;CSV (*.csv);;JSON (*.json);;SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</source>
        <translation>Markdown (*.md);;LaTeX (*.tex);;CSV (*.csv);;JSON (*.json);;SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</translation>
    </message>
    <message>
        <source>Wrote %1.</source>
        <translation>已写入 %1。</translation>
    </message>
    <message>
        <source>Export the curves</source>
        <translation>导出曲线</translation>
    </message>
    <message>
        <source>SVG (*.svg);;CSV (*.csv);;JSON (*.json)</source>
        <translation>SVG (*.svg);;CSV (*.csv);;JSON (*.json)</translation>
    </message>
    <message>
        <source>SVG (*.svg);;CSV (*.csv)</source>
        <translation>SVG (*.svg);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>robustness</source>
        <translation>robustness</translation>
    </message>
    <message>
        <source>occlusion</source>
        <translation>occlusion</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>读取运行</translation>
    </message>
    <message>
        <source>Read the study</source>
        <translation>读取实验</translation>
    </message>
    <message>
        <source>Study of %1</source>
        <translation>%1 上的实验</translation>
    </message>
    <message>
        <source>Robustness on %1</source>
        <translation>%1 上的鲁棒性测量</translation>
    </message>
    <message>
        <source>Occlusion of one clip</source>
        <translation>单个片段的遮挡分析</translation>
    </message>
    <message>
        <source>waits for another job</source>
        <translation>等待另一任务</translation>
    </message>
    <message>
        <source>paused at %1 %</source>
        <translation>已暂停于 %1%</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>%1 %, %2 left</source>
        <translation>%1%，剩余 %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>reads the corpus</source>
        <translation>正在读取语料库</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1失败：%2</translation>
    </message>
    <message>
        <source>%1 is finished.</source>
        <translation>%1已完成。</translation>
    </message>
    <message>
        <source>%1 was stopped; what is stored stays, Start goes on from there.</source>
        <translation>%1已停止；已存储的内容会保留，“继续”将从该处接着进行。</translation>
    </message>
    <message>
        <source>Reading the clips</source>
        <translation>正在读取片段</translation>
    </message>
    <message>
        <source>Read the clips</source>
        <translation>读取片段</translation>
    </message>
    <message>
        <source>Read a clip</source>
        <translation>读取单个片段</translation>
    </message>
</context>
<context>
    <name>emc::ExplorePage</name>
    <message>
        <source>This session</source>
        <translation>此会话</translation>
    </message>
    <message numerus="yes">
        <source>Look at %n clip(s)</source>
        <translation>
            <numerusform>查看 %n 个片段</numerusform>
        </translation>
    </message>
    <message>
        <source>Drop a video, a clip folder or a session here</source>
        <translation>将视频、片段文件夹或会话拖放到此处</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Read %1</source>
        <translation>读取 %1</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>无法打开 %1：%2</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>单声道</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>说话人</translation>
    </message>
    <message>
        <source>synthetic · %1 fps</source>
        <translation>合成 · %1 fps</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 fps</translation>
    </message>
    <message>
        <source>This clip has no video, only its features</source>
        <translation>此片段没有视频，只有特征</translation>
    </message>
    <message>
        <source>imagined</source>
        <translation>想象</translation>
    </message>
    <message>
        <source>without EMC</source>
        <translation>无 EMC</translation>
    </message>
    <message>
        <source>None of the shown models has EMC</source>
        <translation>所显示的模型均无 EMC</translation>
    </message>
    <message>
        <source>EA works inside EMC, which is off</source>
        <translation>EA 在 EMC 内起作用，而 EMC 已关闭</translation>
    </message>
    <message>
        <source>Real listener</source>
        <translation>真实倾听者</translation>
    </message>
    <message>
        <source>sample %1</source>
        <translation>样本 %1</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>计算中</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>real</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>Choose a model on the left to see its attention.</source>
        <translation>在左侧选择模型以查看其注意力。</translation>
    </message>
    <message>
        <source>The shown models give no attention.</source>
        <translation>所显示的模型不提供注意力。</translation>
    </message>
    <message>
        <source>This clip has no face: its speech must stay.</source>
        <translation>此片段没有人脸：必须保留语音。</translation>
    </message>
    <message>
        <source>This clip has no speech: its face must stay.</source>
        <translation>此片段没有语音：必须保留人脸。</translation>
    </message>
    <message>
        <source>One of face and speech must stay: a listener needs something to react to.</source>
        <translation>人脸和语音至少保留其一：倾听者的反应需要依据。</translation>
    </message>
    <message>
        <source>Show the face to the models</source>
        <translation>向模型显示人脸</translation>
    </message>
    <message>
        <source>Hide the face from the models</source>
        <translation>对模型隐藏人脸</translation>
    </message>
    <message>
        <source>Let the models hear the speech</source>
        <translation>向模型提供语音</translation>
    </message>
    <message>
        <source>Take the speech from the models</source>
        <translation>对模型隐去语音</translation>
    </message>
    <message>
        <source>Emotion attention on</source>
        <translation>开启情感注意力</translation>
    </message>
    <message>
        <source>Emotion attention off</source>
        <translation>关闭情感注意力</translation>
    </message>
    <message>
        <source>Compensation on</source>
        <translation>开启补偿</translation>
    </message>
    <message>
        <source>Compensation off</source>
        <translation>关闭补偿</translation>
    </message>
    <message>
        <source>Show another sample</source>
        <translation>显示另一样本</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>重新采样</translation>
    </message>
    <message>
        <source>Lock of the seed</source>
        <translation>种子锁定</translation>
    </message>
    <message>
        <source>Add a missing span</source>
        <translation>添加缺失区间</translation>
    </message>
    <message>
        <source>Loop from here</source>
        <translation>从此处循环</translation>
    </message>
    <message>
        <source>Loop to here</source>
        <translation>循环到此处</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>One camera</source>
        <translation>共用相机</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source>Figures (*.png *.svg *.pdf);;Table (*.csv)</source>
        <translation>图片 (*.png *.svg *.pdf);;表格 (*.csv)</translation>
    </message>
    <message>
        <source>Figure written: %1</source>
        <translation>图片已写入：%1</translation>
    </message>
    <message>
        <source>speech imagined</source>
        <translation>想象的语音</translation>
    </message>
    <message>
        <source>face imagined</source>
        <translation>想象的人脸</translation>
    </message>
    <message>
        <source>without speech</source>
        <translation>缺语音</translation>
    </message>
    <message>
        <source>without face</source>
        <translation>缺人脸</translation>
    </message>
    <message>
        <source>sound muted in span</source>
        <translation>区间内已静音</translation>
    </message>
    <message>
        <source>sound muted</source>
        <translation>已静音</translation>
    </message>
    <message>
        <source>no face in this clip</source>
        <translation>此片段没有人脸</translation>
    </message>
    <message>
        <source>face hidden from the models</source>
        <translation>人脸已对模型隐藏</translation>
    </message>
    <message>
        <source>no model chosen</source>
        <translation>未选择模型</translation>
    </message>
    <message numerus="yes">
        <source>computing %n reaction(s)</source>
        <translation>
            <numerusform>正在计算 %n 个反应</numerusform>
        </translation>
    </message>
    <message>
        <source>new reaction in %1 ms</source>
        <translation>新反应用时 %1 ms</translation>
    </message>
    <message>
        <source>from memory</source>
        <translation>来自缓存</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视角</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>正面</translation>
    </message>
    <message>
        <source>Three-quarter</source>
        <translation>四分之三侧面</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>侧面</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Curve of the reactions</source>
        <translation>反应曲线</translation>
    </message>
    <message>
        <source>Which of the 25 values the lane of reactions and the panes show</source>
        <translation>反应轨道和窗格显示 25 个值中的哪一个</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Cross-modal alignment: how what is missing is imagined</source>
        <translation>跨模态对齐：如何想象缺失的内容</translation>
    </message>
    <message>
        <source>Open clip</source>
        <translation>打开片段</translation>
    </message>
    <message>
        <source>Choose models</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Show the real listener</source>
        <translation>显示真实倾听者</translation>
    </message>
    <message>
        <source>Hide the real listener</source>
        <translation>隐藏真实倾听者</translation>
    </message>
    <message>
        <source>Show sample %1</source>
        <translation>显示样本 %1</translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>Change speech spans</source>
        <translation>更改语音缺失区间</translation>
    </message>
    <message>
        <source>Change face spans</source>
        <translation>更改人脸缺失区间</translation>
    </message>
    <message>
        <source>Change view</source>
        <translation>更改视角</translation>
    </message>
    <message>
        <source>Show another curve</source>
        <translation>显示另一曲线</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Draws per frame</source>
        <translation>逐帧采样</translation>
    </message>
    <message>
        <source>All faces turn together</source>
        <translation>所有人脸一同转动</translation>
    </message>
</context>
<context>
    <name>emc::Face3DShared</name>
    <message>
        <source>The 3D view cannot be opened</source>
        <translation>无法打开 3D 视图</translation>
    </message>
</context>
<context>
    <name>emc::Face3DView</name>
    <message>
        <source>3D face</source>
        <translation>3D 人脸</translation>
    </message>
    <message>
        <source>No 3D view: %1</source>
        <translation>没有 3D 视图：%1</translation>
    </message>
</context>
<context>
    <name>emc::FaultText</name>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>emc::GroupForm</name>
    <message>
        <source>Several seeds and models</source>
        <translation>多个种子和模型</translation>
    </message>
    <message>
        <source>Trains every ticked model with every seed into one folder, one run after another</source>
        <translation>用每个种子训练每个勾选的模型，依次运行，存入同一文件夹</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Seeds of the group</source>
        <translation>该组的种子</translation>
    </message>
    <message>
        <source>Models of the group</source>
        <translation>该组的模型</translation>
    </message>
    <message>
        <source>Seeds are whole numbers from 0, as in 1, 2, 3.</source>
        <translation>种子为从 0 起的整数，例如 1, 2, 3。</translation>
    </message>
    <message>
        <source>Name at least one seed.</source>
        <translation>至少填写一个种子。</translation>
    </message>
    <message>
        <source>At most %1 seeds make a group.</source>
        <translation>一组最多 %1 个种子。</translation>
    </message>
    <message>
        <source>Tick at least one model.</source>
        <translation>至少勾选一个模型。</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s); model and seed of the options above do not count.</source>
        <translation>
            <numerusform>%n 次运行；上方选项中的模型和种子不生效。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::HeatMapView</name>
    <message>
        <source>Attention map</source>
        <translation>注意力图</translation>
    </message>
    <message>
        <source>q %1 s → k %2 s</source>
        <translation>q %1 s → k %2 s</translation>
    </message>
    <message>
        <source>Colours follow the weight to the power of %1, so that small weights can be told apart.</source>
        <translation>颜色按权重的 %1 次方映射，以便区分较小的权重。</translation>
    </message>
</context>
<context>
    <name>emc::JobsButton</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n 个运行中</numerusform>
        </translation>
    </message>
    <message>
        <source>no jobs</source>
        <translation>没有任务</translation>
    </message>
    <message>
        <source>Jobs, %1</source>
        <translation>任务，%1</translation>
    </message>
</context>
<context>
    <name>emc::JobsPopup</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>没有正在运行的任务。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Finish and keep</source>
        <translation>结束并保留</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
</context>
<context>
    <name>emc::KeysDialog</name>
    <message>
        <source>Assign</source>
        <translation>分配</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>清除快捷键</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>All to default</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>查找命令或快捷键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Changed by you</source>
        <translation>已自定义</translation>
    </message>
    <message>
        <source>Choose a command</source>
        <translation>选择一个命令</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>重新分配</translation>
    </message>
    <message>
        <source>%1 already belongs to “%2”, which would have no such key any more.</source>
        <translation>%1 已分配给“%2”，改动后该命令将失去此快捷键。</translation>
    </message>
    <message>
        <source>Click into the field and press the new keys. Single letters do not fire while a text field has the focus.</source>
        <translation>单击输入框并按下新的快捷键。文本框获得焦点时，单字母快捷键不起作用。</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 可用。</translation>
    </message>
</context>
<context>
    <name>emc::LeftDock</name>
    <message>
        <source>Add videos, clips or folders</source>
        <translation>添加视频、片段或文件夹</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Search clips</source>
        <translation>搜索片段</translation>
    </message>
    <message>
        <source>Add a missing span at the playhead</source>
        <translation>在播放头处添加缺失区间</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>显示 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 – %2 s</source>
        <translation>%1 – %2 s</translation>
    </message>
    <message>
        <source>Missing span, %1, %2</source>
        <translation>缺失区间，%1，%2</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Remove this span</source>
        <translation>移除此区间</translation>
    </message>
    <message>
        <source>without face</source>
        <translation>缺人脸</translation>
    </message>
    <message>
        <source>without speech</source>
        <translation>缺语音</translation>
    </message>
    <message numerus="yes">
        <source>%n missing span(s)</source>
        <translation>
            <numerusform>%n 个缺失区间</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing missing</source>
        <translation>无缺失</translation>
    </message>
</context>
<context>
    <name>emc::ListenerPane</name>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>Reaction is being computed</source>
        <translation>正在计算反应</translation>
    </message>
</context>
<context>
    <name>emc::MainWindow</name>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>There is no demo clip on this machine. Run the set-up again or open a video.</source>
        <translation>本机没有演示片段。重新运行安装程序，或打开一个视频。</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>无法打开 %1：%2</translation>
    </message>
    <message>
        <source>The program ended unexpectedly. The session of %1 was kept.</source>
        <translation>程序意外退出。%1 的会话已保留。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Not saved yet, kept for recovery</source>
        <translation>尚未保存，已留作恢复之用</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>%1 已保存</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>%1 已更改</translation>
    </message>
    <message>
        <source>Frame %1 of %2</source>
        <translation>第 %1 帧，共 %2 帧</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 fps</translation>
    </message>
    <message>
        <source>synthetic demo data</source>
        <translation>合成演示数据</translation>
    </message>
    <message>
        <source>Sound %1</source>
        <translation>声音：%1</translation>
    </message>
    <message>
        <source>Save the session?</source>
        <translation>是否保存会话？</translation>
    </message>
    <message>
        <source>The session has changes that are not saved.</source>
        <translation>会话有未保存的更改。</translation>
    </message>
    <message>
        <source>Stop the running jobs?</source>
        <translation>是否停止正在运行的任务？</translation>
    </message>
    <message>
        <source>Jobs are still running. Runs can be resumed later.</source>
        <translation>仍有任务在运行。训练运行可稍后继续。</translation>
    </message>
    <message numerus="yes">
        <source>Add %n clip(s)</source>
        <translation>
            <numerusform>添加 %n 个片段</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped, neither video, clip, session nor checkpoint: %1</source>
        <translation>已跳过，不是视频、片段、会话或检查点：%1</translation>
    </message>
    <message>
        <source>Session of %1</source>
        <translation>%1 中的会话</translation>
    </message>
    <message>
        <source>The session of %1 is restored; Undo brings the other one back.</source>
        <translation>已恢复 %1 中的会话；“撤销”可找回之前的会话。</translation>
    </message>
    <message>
        <source>The study of %1 is set up again.</source>
        <translation>已还原 %1 中的实验设置。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>%1 holds no clips and is no corpus in the REACT layout.</source>
        <translation>%1 中没有片段，也不是 REACT 目录结构的语料库。</translation>
    </message>
    <message numerus="yes">
        <source>Added %n clip(s).</source>
        <translation>
            <numerusform>已添加 %n 个片段。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message numerus="yes">
        <source>Importing %n video(s): face and sound are being measured.</source>
        <translation>
            <numerusform>正在导入 %n 个视频：测量人脸和声音。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show jobs</source>
        <translation>显示任务</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>%1 is imported: face in %2 of %3 frames.</source>
        <translation>已导入 %1：%3 帧中有 %2 帧检测到人脸。</translation>
    </message>
    <message>
        <source>%1 cannot be imported: %2</source>
        <translation>无法导入 %1：%2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Videos, sessions, figures and checkpoints (*.emcs *.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.svg *.png *.pth *.pt *.ckpt *.safetensors);;All files (*)</source>
        <translation>视频、会话、图片和检查点 (*.emcs *.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.svg *.png *.pth *.pt *.ckpt *.safetensors);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>session.emcs</source>
        <translation>session.emcs</translation>
    </message>
    <message>
        <source>Sessions (*.emcs)</source>
        <translation>会话 (*.emcs)</translation>
    </message>
    <message>
        <source>Open session %1</source>
        <translation>打开会话 %1</translation>
    </message>
    <message>
        <source>Restore the session of %1</source>
        <translation>恢复 %1 中的会话</translation>
    </message>
    <message numerus="yes">
        <source>Import %n video(s)</source>
        <translation>
            <numerusform>导入 %n 个视频</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for clips in %n folder(s)</source>
        <translation>
            <numerusform>在 %n 个文件夹中查找片段</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped: %1</source>
        <translation>已跳过：%1</translation>
    </message>
    <message>
        <source>Nothing here can be opened</source>
        <translation>其中没有可打开的内容</translation>
    </message>
    <message>
        <source>Panes</source>
        <translation>窗格</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Open checkpoint…</source>
        <translation>打开检查点…</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>打开演示</translation>
    </message>
    <message>
        <source>Recent sessions</source>
        <translation>最近的会话</translation>
    </message>
    <message>
        <source>Save session as…</source>
        <translation>会话另存为…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Find a clip</source>
        <translation>查找片段</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改快捷键…</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Reset view</source>
        <translation>重置视角</translation>
    </message>
    <message>
        <source>One camera for all faces</source>
        <translation>所有人脸共用相机</translation>
    </message>
    <message>
        <source>Real listener</source>
        <translation>真实倾听者</translation>
    </message>
    <message>
        <source>Zoom into the timeline</source>
        <translation>放大时间轴</translation>
    </message>
    <message>
        <source>Zoom out of the timeline</source>
        <translation>缩小时间轴</translation>
    </message>
    <message>
        <source>Follow the playhead</source>
        <translation>跟随播放头</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Emotion attention</source>
        <translation>情感注意力</translation>
    </message>
    <message>
        <source>Compensation (EMC)</source>
        <translation>补偿 (EMC)</translation>
    </message>
    <message>
        <source>Sample before</source>
        <translation>上一个样本</translation>
    </message>
    <message>
        <source>Sample after</source>
        <translation>下一个样本</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>重新采样</translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation>锁定种子</translation>
    </message>
    <message>
        <source>Only pane %1</source>
        <translation>仅窗格 %1</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Read the runs again</source>
        <translation>重新读取运行</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <source>10 frames back</source>
        <translation>后退 10 帧</translation>
    </message>
    <message>
        <source>10 frames on</source>
        <translation>前进 10 帧</translation>
    </message>
    <message>
        <source>1 second back</source>
        <translation>后退 1 秒</translation>
    </message>
    <message>
        <source>1 second on</source>
        <translation>前进 1 秒</translation>
    </message>
    <message>
        <source>10 seconds back</source>
        <translation>后退 10 秒</translation>
    </message>
    <message>
        <source>10 seconds on</source>
        <translation>前进 10 秒</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>跳到开头</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>跳到结尾</translation>
    </message>
    <message>
        <source>Play backwards, again for faster</source>
        <translation>倒放，再按加速</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Play forwards, again for faster</source>
        <translation>正放，再按加速</translation>
    </message>
    <message>
        <source>Loop from here</source>
        <translation>从此处循环</translation>
    </message>
    <message>
        <source>Loop to here</source>
        <translation>循环到此处</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Missing span at the playhead</source>
        <translation>在播放头处添加缺失区间</translation>
    </message>
    <message>
        <source>Remove the selected span</source>
        <translation>移除所选区间</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Show a clip of the study</source>
        <translation>显示实验中的片段</translation>
    </message>
    <message>
        <source>Explore shows %1 with other weights than the program&apos;s: %2.</source>
        <translation>“探索”中的 %1 未使用程序自带权重，而是使用：%2。</translation>
    </message>
    <message>
        <source>Use the program&apos;s weights</source>
        <translation>使用自带权重</translation>
    </message>
    <message>
        <source>Open checkpoint</source>
        <translation>打开检查点</translation>
    </message>
    <message>
        <source>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)</source>
        <translation>检查点 (*.pth *.pt *.ckpt *.safetensors);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Show a checkpoint</source>
        <translation>显示检查点</translation>
    </message>
</context>
<context>
    <name>emc::ModelsModel</name>
    <message>
        <source>Real listener</source>
        <translation>真实倾听者</translation>
    </message>
    <message>
        <source>No weights were found for this model. Train it or open a checkpoint.</source>
        <translation>未找到此模型的权重。训练此模型或打开一个检查点。</translation>
    </message>
    <message>
        <source>%1, slot %2</source>
        <translation>%1，槽位 %2</translation>
    </message>
    <message>
        <source>no weights</source>
        <translation>无权重</translation>
    </message>
</context>
<context>
    <name>emc::OcclusionTab</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>clip </source>
        <translation>片段 </translation>
    </message>
    <message>
        <source>Which of the clips</source>
        <translation>选择哪个片段</translation>
    </message>
    <message>
        <source>face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>What goes missing</source>
        <translation>缺失的内容</translation>
    </message>
    <message>
        <source>window </source>
        <translation>窗口 </translation>
    </message>
    <message>
        <source> frames</source>
        <translation> 帧</translation>
    </message>
    <message>
        <source>Length of the missing window</source>
        <translation>缺失窗口的长度</translation>
    </message>
    <message>
        <source>step </source>
        <translation>步长 </translation>
    </message>
    <message>
        <source>Step of the window</source>
        <translation>窗口的步长</translation>
    </message>
    <message>
        <source>middle of the missing window</source>
        <translation>缺失窗口的中点</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>change, RMS</source>
        <translation>变化 (RMS)</translation>
    </message>
    <message>
        <source>What the reaction owes to each moment</source>
        <translation>各时刻对反应的贡献</translation>
    </message>
    <message>
        <source>By kind of attribute</source>
        <translation>按属性类别</translation>
    </message>
    <message>
        <source>Slide the window</source>
        <translation>滑动窗口</translation>
    </message>
    <message>
        <source>No attribution yet. A missing window slides over one clip; where the reaction changes most, the model has listened.</source>
        <translation>尚无归因。让缺失窗口在一个片段上滑动；反应变化最大之处，就是模型倾听之处。</translation>
    </message>
    <message>
        <source>whole reaction</source>
        <translation>整个反应</translation>
    </message>
    <message>
        <source>within the window</source>
        <translation>窗口之内</translation>
    </message>
    <message>
        <source>action units</source>
        <translation>动作单元</translation>
    </message>
    <message>
        <source>valence and arousal</source>
        <translation>效价与唤醒度</translation>
    </message>
    <message>
        <source>expressions</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>%1, clip %2: the reaction changes most without the %3 of %4 to %5 s. %6 reactions with the same draws, seed %7.</source>
        <translation>%1，片段 %2：缺失 %4 至 %5 s 的%3时，反应变化最大。%6 个反应，采样相同，种子 %7。</translation>
    </message>
</context>
<context>
    <name>emc::OptionHelp</name>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Choose a row to read what it does.</source>
        <translation>选择一行以查看其作用。</translation>
    </message>
</context>
<context>
    <name>emc::OptionsForm</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>至少 %1</translation>
    </message>
    <message>
        <source>%1 or less</source>
        <translation>至多 %1</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>默认 %1</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>恢复为 %1</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>重置“%1”</translation>
    </message>
    <message>
        <source>%1 options, %2 changed</source>
        <translation>%1 个选项，%2 个已更改</translation>
    </message>
    <message>
        <source>%1 options</source>
        <translation>%1 个选项</translation>
    </message>
    <message>
        <source>There are no options.</source>
        <translation>没有选项。</translation>
    </message>
    <message>
        <source>No option fits “%1”.</source>
        <translation>没有与“%1”匹配的选项。</translation>
    </message>
    <message>
        <source>Find an option</source>
        <translation>查找选项</translation>
    </message>
</context>
<context>
    <name>emc::QueueModel</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Doing</source>
        <translation>当前操作</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>收尾中</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>取消中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>emc::Rail</name>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Show the left panel</source>
        <translation>显示左侧面板</translation>
    </message>
</context>
<context>
    <name>emc::ReactionController</name>
    <message>
        <source>There is no model named %1.</source>
        <translation>没有名为 %1 的模型。</translation>
    </message>
    <message>
        <source>This model has no form for these switches.</source>
        <translation>此模型没有与这些开关对应的形式。</translation>
    </message>
    <message>
        <source>No weights found for %1. Train it or import a checkpoint.</source>
        <translation>未找到 %1 的权重。训练此模型或导入检查点。</translation>
    </message>
</context>
<context>
    <name>emc::RelinkDialog</name>
    <message>
        <source>Look in a folder…</source>
        <translation>在文件夹中查找…</translation>
    </message>
    <message>
        <source>Choose for this clip…</source>
        <translation>为此片段选择…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Clips have moved</source>
        <translation>片段已移动</translation>
    </message>
    <message>
        <source>Show a folder: clips are found there by their place, their content and their name.</source>
        <translation>指定一个文件夹：将按位置、内容和名称在其中查找片段。</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Was in</source>
        <translation>原位置</translation>
    </message>
    <message>
        <source>Is now in</source>
        <translation>现位置</translation>
    </message>
    <message>
        <source>Missing clips</source>
        <translation>找不到的片段</translation>
    </message>
    <message>
        <source>Look in a folder</source>
        <translation>在文件夹中查找</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) found in %1.</source>
        <translation>
            <numerusform>在 %1 中找到 %n 个片段。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found in %1.</source>
        <translation>在 %1 中未找到任何片段。</translation>
    </message>
    <message>
        <source>Folder of %1</source>
        <translation>%1 所在的文件夹</translation>
    </message>
    <message>
        <source>%1 is no clip.</source>
        <translation>%1 不是片段。</translation>
    </message>
    <message>
        <source>not found yet</source>
        <translation>尚未找到</translation>
    </message>
    <message>
        <source>%1 (other content)</source>
        <translation>%1（内容不同）</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) are not where the session left them.</source>
        <translation>
            <numerusform>%n 个片段已不在会话记录的位置。</numerusform>
        </translation>
    </message>
    <message>
        <source>All clips are found.</source>
        <translation>已找到全部片段。</translation>
    </message>
    <message>
        <source>Open without them</source>
        <translation>忽略并打开</translation>
    </message>
</context>
<context>
    <name>emc::ResultTab</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Measuring. The result appears here when it is complete.</source>
        <translation>正在测量。结果完整后会显示在此处。</translation>
    </message>
</context>
<context>
    <name>emc::RobustnessTab</name>
    <message>
        <source>%1 (nothing missing)</source>
        <translation>%1（无缺失）</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>face and speech</source>
        <translation>人脸和语音</translation>
    </message>
    <message>
        <source>face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>What goes missing</source>
        <translation>缺失的内容</translation>
    </message>
    <message>
        <source> frames</source>
        <translation> 帧</translation>
    </message>
    <message>
        <source>Mean length of a gap</source>
        <translation>缺失区间的平均长度</translation>
    </message>
    <message>
        <source>Places of the gaps drawn how often</source>
        <translation>缺失位置的抽取次数</translation>
    </message>
    <message>
        <source>gap length too</source>
        <translation>另测缺失长度</translation>
    </message>
    <message>
        <source>failures too</source>
        <translation>另测故障</translation>
    </message>
    <message>
        <source>Noise, blur, freezes, late sound and other presets of the failure simulator</source>
        <translation>噪声、模糊、画面冻结、声音延迟以及故障模拟器的其他预设</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>No curve yet. Tick models on the left and measure how their score falls when more and more of the face or the speech is missing.</source>
        <translation>尚无曲线。在左侧勾选模型，测量人脸或语音缺失得越来越多时指标如何下降。</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Missing share of the face</source>
        <translation>人脸缺失比例</translation>
    </message>
    <message>
        <source>Missing share of the speech</source>
        <translation>语音缺失比例</translation>
    </message>
    <message>
        <source>missing frames</source>
        <translation>缺失帧</translation>
    </message>
    <message>
        <source>Gap length, %1 % of the face missing</source>
        <translation>缺失长度，人脸缺失 %1%</translation>
    </message>
    <message>
        <source>Gap length, %1 % of the speech missing</source>
        <translation>缺失长度，语音缺失 %1%</translation>
    </message>
    <message>
        <source>mean length of a gap</source>
        <translation>缺失区间平均长度</translation>
    </message>
    <message>
        <source>Failures of the recording</source>
        <translation>录制故障</translation>
    </message>
    <message>
        <source>failure (names below)</source>
        <translation>故障（名称见下方）</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n clip(s), %2 reactions each, %3 variant; the same gaps for every model.</source>
        <translation>
            <numerusform>%1，%n 个片段，各 %2 个反应，%3版；所有模型的缺失区间相同。</numerusform>
        </translation>
    </message>
    <message>
        <source> (synthetic)</source>
        <translation> (合成)</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>official</source>
        <translation>官方</translation>
    </message>
    <message>
        <source>One network, one draw: no band.</source>
        <translation>单个网络、单次采样：无阴影带。</translation>
    </message>
    <message>
        <source>Bands: one standard deviation over %1.</source>
        <translation>阴影带：各%1间的一个标准差。</translation>
    </message>
</context>
<context>
    <name>emc::RunsModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>emc::SessionDocument</name>
    <message>
        <source>Untitled session</source>
        <translation>未命名会话</translation>
    </message>
    <message>
        <source>Recover session</source>
        <translation>恢复会话</translation>
    </message>
</context>
<context>
    <name>emc::SpeakerPane</name>
    <message>
        <source>Speaker</source>
        <translation>说话人</translation>
    </message>
    <message>
        <source>No clip open</source>
        <translation>未打开片段</translation>
    </message>
</context>
<context>
    <name>emc::StatusLine</name>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n 个线程</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::StudyForm</name>
    <message>
        <source>From the EMC paper: other data, not results of ours; official variant only</source>
        <translation>来自 EMC 论文：数据不同，不是实测结果；仅限官方版</translation>
    </message>
    <message>
        <source>Corpus and part</source>
        <translation>语料库与子集</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>语料库</translation>
    </message>
    <message>
        <source>none chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Part of the corpus</source>
        <translation>语料库子集</translation>
    </message>
    <message>
        <source>Choose a corpus</source>
        <translation>选择语料库</translation>
    </message>
    <message>
        <source>study folder: the program&apos;s own</source>
        <translation>实验文件夹：程序默认</translation>
    </message>
    <message>
        <source>Study folder</source>
        <translation>实验文件夹</translation>
    </message>
    <message>
        <source>Keeps reactions and scores, so that a stopped study goes on and nothing is computed twice</source>
        <translation>保存反应和评分，使停止的实验可以继续，且不重复计算</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models and their training runs</source>
        <translation>模型及其训练运行</translation>
    </message>
    <message>
        <source>Ticked runs of one name are training seeds.</source>
        <translation>同名的勾选运行视为不同的训练种子。</translation>
    </message>
    <message>
        <source>Tick a group</source>
        <translation>勾选一组</translation>
    </message>
    <message>
        <source>Ticks all runs of a group that was trained as one, instead of others</source>
        <translation>勾选作为一组训练的全部运行，并取消勾选其他运行</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>完整输入</translation>
    </message>
    <message>
        <source>Without face</source>
        <translation>缺人脸</translation>
    </message>
    <message>
        <source>Without speech</source>
        <translation>缺语音</translation>
    </message>
    <message>
        <source>What stands in for it</source>
        <translation>替代方式</translation>
    </message>
    <message>
        <source>EMC imagines the missing modality</source>
        <translation>由 EMC 想象缺失的模态</translation>
    </message>
    <message>
        <source>Zeros: the only substitute that a host without EMC knows</source>
        <translation>零值：没有 EMC 的宿主模型唯一可用的替代方式</translation>
    </message>
    <message>
        <source>The mean over the training data</source>
        <translation>训练数据的均值</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>official</source>
        <translation>官方</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>Official metrics, as published</source>
        <translation>官方指标，与发表的一致</translation>
    </message>
    <message>
        <source>Fixed metrics, in double precision</source>
        <translation>修正指标，双精度计算</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Official: what the published code prints, its quirks included. Fixed: the number one would defend; published values do not belong beside it.</source>
        <translation>官方：已发表代码的输出，保留其特殊之处。修正：经得起推敲的数值；不应与已发表的值并列。</translation>
    </message>
    <message>
        <source>Reactions per clip</source>
        <translation>每片段反应数</translation>
    </message>
    <message>
        <source>Sampling seeds</source>
        <translation>采样种子</translation>
    </message>
    <message>
        <source>First seed of the draws</source>
        <translation>采样的起始种子</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Frames of each clip</source>
        <translation>每个片段的帧数</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Speakers, evenly spread over the part</source>
        <translation>说话人，在子集中均匀选取</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>First frames of each clip</source>
        <translation>每个片段开头的帧</translation>
    </message>
    <message>
        <source>First seed</source>
        <translation>起始种子</translation>
    </message>
    <message>
        <source>Of the draws; the same for every model</source>
        <translation>用于采样；所有模型相同</translation>
    </message>
    <message>
        <source>Repeats the draws of the same networks; a spread over them is marked (s) and says nothing about other trainings</source>
        <translation>对同一网络重复采样；由此得到的离散程度标为 (s)，不能说明其他训练的情况</translation>
    </message>
    <message>
        <source>Columns and rows</source>
        <translation>列与行</translation>
    </message>
    <message>
        <source>Change against original</source>
        <translation>相对原始的变化</translation>
    </message>
    <message>
        <source>With p after Holm&apos;s correction</source>
        <translation>附 Holm 校正后的 p 值</translation>
    </message>
    <message>
        <source>± sd over seeds</source>
        <translation>± 标准差（种子间）</translation>
    </message>
    <message>
        <source>Over training seeds; (s): over draws of one network</source>
        <translation>训练种子之间；(s)：同一网络的采样之间</translation>
    </message>
    <message>
        <source>Published values</source>
        <translation>已发表的值</translation>
    </message>
    <message>
        <source>Paper rows without a model</source>
        <translation>论文中无对应模型的行</translation>
    </message>
    <message>
        <source>They show what was published</source>
        <translation>显示已发表的结果</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Choose a corpus first.</source>
        <translation>先选择语料库。</translation>
    </message>
    <message>
        <source>The corpus %1 is not there any more.</source>
        <translation>语料库 %1 已不存在。</translation>
    </message>
    <message>
        <source>Tick at least one model.</source>
        <translation>至少勾选一个模型。</translation>
    </message>
    <message>
        <source>Tick at least one condition.</source>
        <translation>至少勾选一个条件。</translation>
    </message>
    <message>
        <source>Tick what stands in for a missing modality.</source>
        <translation>勾选缺失模态的替代方式。</translation>
    </message>
    <message>
        <source>The window is too narrow for this column; the tooltip of a number names it</source>
        <translation>窗口太窄，无法显示此列；数字的提示中会列出该值</translation>
    </message>
</context>
<context>
    <name>emc::StudyModelsModel</name>
    <message>
        <source>weights of the program</source>
        <translation>程序自带权重</translation>
    </message>
    <message>
        <source>No weights were found for this model. Train it first.</source>
        <translation>未找到此模型的权重。先训练此模型。</translation>
    </message>
</context>
<context>
    <name>emc::StudyTableModel</name>
    <message>
        <source>Ground truth</source>
        <translation>真值</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选择</translation>
    </message>
    <message numerus="yes">
        <source>%n training seed(s)</source>
        <translation>
            <numerusform>%n 个训练种子</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draw(s)</source>
        <translation>
            <numerusform>%n 次采样</numerusform>
        </translation>
    </message>
    <message>
        <source>No model of this kind was chosen; the row shows what was published.</source>
        <translation>未选择此类模型；此行显示已发表的结果。</translation>
    </message>
    <message>
        <source>p %1</source>
        <translation>p %1</translation>
    </message>
    <message>
        <source> (s)</source>
        <comment>sampling seeds</comment>
        <translation> (s)</translation>
    </message>
    <message>
        <source>Published in the EMC paper, Table 1 (REACT 2024, offline): other data, not results of ours</source>
        <translation>发表于 EMC 论文表 1（REACT 2024，离线）：数据不同，不是实测结果</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>publ.</source>
        <translation>已发表</translation>
    </message>
</context>
<context>
    <name>emc::StudyTableView</name>
    <message>
        <source>Table of the study</source>
        <translation>实验表格</translation>
    </message>
</context>
<context>
    <name>emc::SubstituteView</name>
    <message>
        <source>Substitute against truth, heat maps</source>
        <translation>替代值与真值，热图</translation>
    </message>
    <message>
        <source>true</source>
        <translation>真值</translation>
    </message>
    <message>
        <source>draw %1</source>
        <translation>采样 %1</translation>
    </message>
    <message>
        <source>time, s</source>
        <translation>时间 (s)</translation>
    </message>
</context>
<context>
    <name>emc::TimelineView</name>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>情感</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>Reaction %1</source>
        <translation>反应 %1</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>没有声音</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>没有人脸</translation>
    </message>
    <message>
        <source>confidence 0–1</source>
        <translation>置信度 0–1</translation>
    </message>
    <message>
        <source>no reaction yet</source>
        <translation>尚无反应</translation>
    </message>
    <message>
        <source>no curve chosen</source>
        <translation>未选择曲线</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>missing %1</source>
        <translation>缺失 %1</translation>
    </message>
    <message>
        <source>speech missing</source>
        <translation>语音缺失</translation>
    </message>
    <message>
        <source>face missing</source>
        <translation>人脸缺失</translation>
    </message>
    <message>
        <source>imagined by CMA</source>
        <translation>由 CMA 想象</translation>
    </message>
    <message>
        <source>imagined</source>
        <translation>想象</translation>
    </message>
    <message>
        <source>%1%2 frames</source>
        <translation>%1%2 帧</translation>
    </message>
    <message>
        <source>Time, mm:ss</source>
        <translation>时间 (mm:ss)</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>model %1, %2</source>
        <translation>模型 %1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>sample %1</source>
        <translation>样本 %1</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>mean of %1</source>
        <translation>均值 (%1)</translation>
    </message>
    <message>
        <source>real listener</source>
        <translation>真实倾听者</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Missing span, %1, %2 to %3 seconds</source>
        <translation>缺失区间，%1，%2 至 %3 秒</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>face</source>
        <translation>人脸</translation>
    </message>
</context>
<context>
    <name>emc::TopBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Switch theme</source>
        <translation>切换主题</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Switch to the light theme</source>
        <translation>切换到浅色主题</translation>
    </message>
    <message>
        <source>Switch to the dark theme</source>
        <translation>切换到深色主题</translation>
    </message>
</context>
<context>
    <name>emc::TrainCurves</name>
    <message>
        <source>Total</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重建</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>CMA, face</source>
        <translation>CMA，人脸</translation>
    </message>
    <message>
        <source>CMA, speech</source>
        <translation>CMA，语音</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Norm of the gradient</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>per step</source>
        <translation>每步</translation>
    </message>
    <message>
        <source>What the third plot shows</source>
        <translation>第三张图显示的内容</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Smoothing of the curves</source>
        <translation>曲线平滑</translation>
    </message>
    <message>
        <source>lin</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Linear scale</source>
        <translation>线性刻度</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>no values yet</source>
        <translation>尚无数值</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>mean sequence</source>
        <translation>均值序列</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>均值 %1</translation>
    </message>
</context>
<context>
    <name>emc::TrainPage</name>
    <message>
        <source>Choose a corpus</source>
        <translation>选择语料库</translation>
    </message>
    <message>
        <source>Choose a folder for the run</source>
        <translation>选择运行文件夹</translation>
    </message>
    <message>
        <source>a new one</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>All options back to their defaults</source>
        <translation>所有选项恢复默认值</translation>
    </message>
    <message>
        <source>Start run</source>
        <translation>开始运行</translation>
    </message>
    <message>
        <source>Start group</source>
        <translation>开始整组</translation>
    </message>
    <message>
        <source>runs queue one after another</source>
        <translation>运行依次排队</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Finish and keep</source>
        <translation>结束并保留</translation>
    </message>
    <message>
        <source>Ends after this step and keeps the checkpoint</source>
        <translation>当前步结束后停止，并保留检查点</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy error</source>
        <translation>复制错误</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>清除已结束</translation>
    </message>
    <message>
        <source>Queue of runs</source>
        <translation>运行队列</translation>
    </message>
    <message>
        <source>No run is waiting. Set the options on the left and start one.</source>
        <translation>没有等待中的运行。在左侧设置选项后即可开始。</translation>
    </message>
    <message>
        <source>Run library</source>
        <translation>运行库</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>搜索运行</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Continues an interrupted run, or the whole group it belongs to, exactly where it was</source>
        <translation>从中断处继续该运行或其所属的整组运行</translation>
    </message>
    <message>
        <source>Show the runs of another folder</source>
        <translation>显示其他文件夹中的运行</translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation>运行所在文件夹</translation>
    </message>
    <message>
        <source>Runs appear here as soon as one is started, in this window or in a terminal.</source>
        <translation>运行一旦开始就会显示在此处，无论是在此窗口还是在终端中启动。</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 失败：%2</translation>
    </message>
    <message>
        <source>%1 is finished.</source>
        <translation>%1 已完成。</translation>
    </message>
    <message>
        <source>The run cannot start: %1 %2</source>
        <translation>无法开始运行：%1 %2</translation>
    </message>
    <message>
        <source>Show the option</source>
        <translation>显示该选项</translation>
    </message>
    <message>
        <source>%1 running, %2 waiting, %3 ended</source>
        <translation>运行中 %1，等待 %2，已结束 %3</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>读取运行</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚无</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 次运行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::TransportBar</name>
    <message>
        <source>Previous frame</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Displayed sample</source>
        <translation>显示的样本</translation>
    </message>
    <message>
        <source>Seed of the draws. Click to type another</source>
        <translation>采样的随机种子。单击可输入其他种子</translation>
    </message>
    <message>
        <source>Seed locked</source>
        <translation>种子已锁定</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>重新采样</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Seed of the draws, a whole number:</source>
        <translation>采样的随机种子，整数：</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>Sample %1 of %2</source>
        <translation>样本 %1/%2</translation>
    </message>
    <message>
        <source>Loop the marked part</source>
        <translation>循环标记的部分</translation>
    </message>
    <message>
        <source>available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>The model sees the speaker&apos;s face</source>
        <translation>模型能看到说话人的人脸</translation>
    </message>
    <message>
        <source>The model hears the speaker</source>
        <translation>模型能听到说话人</translation>
    </message>
    <message>
        <source>Emotion attention</source>
        <translation>情感注意力</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>Compensation: what is missing is imagined; off = the host model alone</source>
        <translation>补偿：想象缺失的内容；关 = 仅宿主模型</translation>
    </message>
    <message>
        <source>%1, %2, toggle</source>
        <translation>%1，%2，开关</translation>
    </message>
    <message>
        <source>%1, %2, toggle, shortcut %3</source>
        <translation>%1，%2，开关，快捷键 %3</translation>
    </message>
    <message>
        <source>Seed is locked: every toggle uses the same draws</source>
        <translation>种子已锁定：每次切换使用相同的采样</translation>
    </message>
    <message>
        <source>Seed is open: every toggle draws anew</source>
        <translation>种子未锁定：每次切换重新采样</translation>
    </message>
</context>
</TS>
