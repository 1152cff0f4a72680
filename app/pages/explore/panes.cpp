#include "app/pages/explore/panes.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <cmath>

#include "widgets/common/fault_text.h"
#include "widgets/common/icons.h"

namespace emc {

PaneFrame::PaneFrame(QWidget* parent)
    : QFrame(parent), stateChip(new TextChip(this)), valueChip(new TextChip(this)), m_header(new QHBoxLayout),
      m_title(new ElidedLabel(this)), m_note(makeLabel({}, "caption", this)) {
    setProperty("panel", true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto* head = new QWidget(this);
    head->setFixedHeight(28);
    head->setAutoFillBackground(true);
    head->setBackgroundRole(QPalette::Button);
    m_header->setContentsMargins(8, 0, 8, 0);
    m_header->setSpacing(8);
    head->setLayout(m_header);
    setRole(m_title, "title");
    m_title->setFont(Theme::of(this).font(12, QFont::DemiBold));
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_header->addWidget(m_title, 1);
    m_header->addWidget(m_note);
    column->addWidget(head);
    setMinimumWidth(120);
}

void PaneFrame::setTitle(const QString& title, const QString& note) {
    m_title->setText(title);
    m_title->setToolTip(title);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void PaneFrame::setBody(QWidget* body) {
    m_body = body;
    body->setMinimumHeight(100);
    static_cast<QVBoxLayout*>(layout())->addWidget(body, 1);
    for (TextChip* chip : {stateChip, valueChip}) chip->raise();
}

void PaneFrame::placeChips() {
    stateChip->move(7, 29 + 6);
    valueChip->move(7, height() - valueChip->height() - 7);
}

void PaneFrame::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    placeChips();
}

class SpeakerPane::Picture : public QWidget {
public:
    using QWidget::QWidget;
    QImage image;
    QString sentence;
    bool missing = false;

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter p(this);
        p.fillRect(rect(), theme.scene);
        if (!image.isNull()) {
            p.setRenderHint(QPainter::SmoothPixmapTransform);
            // Fill the pane, crop what is over: a talking head sits in the middle, heads are cut at the sides and never
            // at the top.
            const double scale =
                std::max(width() / static_cast<double>(image.width()), height() / static_cast<double>(image.height()));
            const QSizeF size(image.width() * scale, image.height() * scale);
            p.drawImage(
                QRectF(QPointF((width() - size.width()) / 2, std::min(0.0, (height() - size.height()) * 0.3)), size),
                image);
            if (missing) {
                p.fillRect(rect(), Theme::alpha(theme.scene, 0.62));
                p.drawTiledPixmap(rect(), theme.hatch(theme.face, devicePixelRatioF()));
            }
        } else {
            p.drawPixmap(width() / 2 - 12, height() / 2 - 30,
                         iconPixmap(QStringLiteral("clip"), theme.muted, 24, devicePixelRatioF()));
            p.setPen(theme.muted);
            p.setFont(theme.font(12));
            p.drawText(rect().adjusted(12, 24, -12, 0), Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextWordWrap,
                       sentence);
        }
    }
};

SpeakerPane::SpeakerPane(QWidget* parent) : PaneFrame(parent), m_picture(new Picture(this)) {
    auto* mark = new QLabel(this);
    mark->setPixmap(iconPixmap(QStringLiteral("clip"), Theme::of(this).muted, 14, devicePixelRatioF()));
    m_header->insertWidget(0, mark);
    setBody(m_picture);
    setTitle(tr("Speaker"), {});
    m_picture->sentence = tr("No clip open");
}

void SpeakerPane::setImage(const QImage& image) {
    m_picture->image = image;
    m_picture->update();
}

void SpeakerPane::setEmpty(const QString& sentence) {
    m_picture->image = {};
    m_picture->sentence = sentence;
    m_picture->update();
}

void SpeakerPane::setMissing(bool faceMissing) {
    if (m_picture->missing == faceMissing) return;
    m_picture->missing = faceMissing;
    m_picture->update();
}

bool SpeakerPane::hasImage() const {
    return !m_picture->image.isNull();
}

ListenerPane::ListenerPane(int slot, FaceCanvas* canvas, QWidget* parent)
    : PaneFrame(parent), m_canvas(canvas), m_chip(new SlotChip(slot, this)), m_cover(new QWidget(this)),
      m_sentence(new FaultText(m_cover)), m_details(new Button(tr("Show details"), m_cover)),
      m_busy(new BusyLine(this)) {
    m_header->insertWidget(0, m_chip);
    setBody(canvas);
    m_cover->setAutoFillBackground(true);
    m_cover->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(m_cover);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    column->addStretch();
    column->addWidget(m_sentence);
    column->addWidget(m_details, 0, Qt::AlignHCenter);
    column->addStretch();
    connect(m_details, &QPushButton::clicked, this, [this] { showFault(this, m_title->text(), m_whole); });
    m_cover->hide();
    m_busy->hide();
}

void ListenerPane::setSlotIndex(int slot) {
    m_chip->setSlot(slot);
}

void ListenerPane::setSentence(const QString& sentence, const QString& details) {
    m_sentence->setText(sentence);
    m_whole = details;
    m_details->setVisible(!details.isEmpty());
    m_cover->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) m_cover->raise();
}

void ListenerPane::setBusy(bool busy, bool first) {
    m_busy->setVisible(busy);
    if (busy && first) stateChip->set(tr("Reaction is being computed"), QStringLiteral("clock"));
}

void ListenerPane::resizeEvent(QResizeEvent* event) {
    PaneFrame::resizeEvent(event);
    m_cover->setGeometry(1, 29, width() - 2, height() - 30);
    m_busy->setGeometry(1, 29, width() - 2, 3);
    m_busy->raise();
}

BusyLine::BusyLine(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void BusyLine::showEvent(QShowEvent*) {
    m_step = 0, m_timer = startTimer(120);
}
void BusyLine::hideEvent(QHideEvent*) {
    // Qt also hides what was never shown: a timer that was not started has nothing to be killed.
    if (m_timer != 0) killTimer(m_timer);
    m_timer = 0;
}
void BusyLine::timerEvent(QTimerEvent*) {
    ++m_step, update();
}

void BusyLine::paintEvent(QPaintEvent*) {
    if (m_step < 1) return; // nothing flashes for answers that come at once
    const Theme& theme = Theme::of(this);
    QPainter p(this);
    p.fillRect(rect(), theme.pressed);
    const double share = 1 - std::exp(-m_step / 12.0);
    p.fillRect(QRectF(0, 0, width() * share, height()), theme.accent);
}

} // namespace emc
