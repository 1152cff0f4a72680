// MainWindow, fourth part: what Explore shows on somebody's wish, with weights that are not the program's own.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>

#include "app/main_window.h"
#include "app/pages/evaluate/clips_tab.h"
#include "app/pages/explore/explore_page.h"
#include "app/react/reaction_controller.h"
#include "widgets/common/message_bar.h"

namespace emc {

namespace {

// "HOST-emc-no-ea" is HOST-emc with the switch of EA off.
std::pair<QString, bool> modelAndAttention(QString model) {
    const QString noEa = QStringLiteral("-no-ea");
    const bool ea = !model.endsWith(noEa);
    if (!ea) model.chop(noEa.size());
    return {model, ea};
}

} // namespace

void MainWindow::exploreWish(const ExploreWish& wish) {
    const auto [model, ea] = modelAndAttention(wish.model);
    const QString clip = QDir::cleanPath(wish.clip);
    m_explore->startAtBeginning(clip);
    m_document.change(tr("Show a clip of the study"), [&, model = model, ea = ea](SessionState& s) {
        if (!s.clips.contains(clip)) s.clips.append(clip);
        s.clip = clip;
        s.models = {model};
        s.emotionAttention = ea, s.compensation = true;
        const int frames = Availability::whole().end;
        s.face = !wish.availability.missesAll(Modality::Face, frames);
        s.speech = !wish.availability.missesAll(Modality::Speech, frames);
        s.conditions[clip] = {s.face ? wish.availability.faceMissing : std::vector<FrameSpan>(),
                              s.speech ? wish.availability.speechMissing : std::vector<FrameSpan>()};
        s.seed = wish.seed, s.seedLocked = true;
        s.sample = std::clamp(wish.sample, 0, kSamples - 1);
        s.temperature = 1.0, s.perFrameDraws = false;
        s.realListener = true;
    });
    showPage(QStringLiteral("explore"));
    if (!wish.weights.isEmpty()) useWeights(wish.model, wish.weights);
}

// Explore's model of that name gets these weights; empty: the program's own. Says so while they are others.
void MainWindow::useWeights(const QString& model, const QString& weights) {
    const ModelInfo* info = m_explore->reactions().info(model);
    if (!info || weights == QString::fromStdString(info->checkpoint)) return;
    m_backend.useWeights(model.toStdString(), weights.toStdString());
    m_explore->refreshModels();
    m_explore->reactions().update(m_document.state());
    const QString key = QStringLiteral("other-weights/") + model; // several models may have others
    m_messages->clear(key);
    if (weights.isEmpty()) return;
    const QString name = QFileInfo(weights).fileName();
    m_messages->show(
        {Severity::Warning,
         tr("Explore shows %1 with other weights than the program's: %2.")
             .arg(model,
                  name == QLatin1String("best.safetensors") ? QFileInfo(QFileInfo(weights).path()).fileName() : name),
         weights, tr("Use the program's weights"), [this, model] { useWeights(model, {}); }, key});
}

void MainWindow::openCheckpointAsked() {
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open checkpoint"), {}, tr("Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)"));
    if (!file.isEmpty()) openCheckpoint(file);
}

// Whatever program wrote it: read and opened beside the window, then shown in Explore.
void MainWindow::openCheckpoint(const QString& file) {
    const QString name = QFileInfo(file).fileName();
    const JobId id = m_jobs.submit<OpenedCheckpoint>(
        {tr("Open %1").arg(name), JobLane::Light},
        [&backend = m_backend, file, folder = m_settings.checkpointsFolder()](JobContext& job) {
            return backend.openCheckpoint(file.toStdString(), folder.toStdString(), job);
        },
        this,
        [this](const OpenedCheckpoint& opened) {
            const QString full = QString::fromStdString(opened.model);
            const auto [model, ea] = modelAndAttention(full);
            useWeights(full, QString::fromStdString(opened.weights.string()));
            m_document.change(tr("Show a checkpoint"), [model = model, ea = ea](SessionState& s) {
                if (!s.models.contains(model)) {
                    if (s.models.size() >= ExplorePage::kMostModels) s.models.removeLast();
                    s.models.prepend(model);
                }
                if (model.endsWith(QLatin1String("-emc"))) s.emotionAttention = ea, s.compensation = true;
            });
            showPage(QStringLiteral("explore"));
        });
    connect(&m_jobs, &JobRunner::ended, this, [this, id, name](JobId ended, JobState state) {
        const JobInfo* info = m_jobs.find(id);
        if (ended == id && state == JobState::Failed && info)
            m_messages->show(
                {Severity::Error, tr("%1 cannot be opened: %2").arg(name, info->problem), info->details, {}, {}, {}});
    });
}

} // namespace emc
