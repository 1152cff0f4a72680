#include "widgets/common/message_bar.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

#include "widgets/common/controls.h"
#include "widgets/common/fault_text.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

namespace emc {

namespace {

constexpr int kLongDetails = 300; // characters; what is shorter says little more than the bar itself

class Bar : public QFrame {
    Q_OBJECT
public:
    Bar(const Message& message, QWidget* parent) : QFrame(parent), m_message(message) {
        setMinimumHeight(metrics::kMessageBar);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(36, 4, 8, 4);
        row->setSpacing(8);
        auto* text = new QLabel(message.text, this);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row->addWidget(text, 1);
        if (!message.action.isEmpty()) {
            auto* action = new Button(message.action, this);
            connect(action, &QPushButton::clicked, this, [this] {
                const auto run = m_message.run;
                emit closed();
                if (run) run();
            });
            row->addWidget(action);
        }
        if (!message.details.isEmpty()) {
            if (message.details.size() > kLongDetails) {
                auto* show = new Button(tr("Show details"), this);
                connect(show, &QPushButton::clicked, this, [this] {
                    const Message shown = m_message; // the bar may go while the window is open
                    showFault(window(), shown.text, shown.details);
                });
                row->addWidget(show);
            }
            auto* copy = new Button(tr("Copy details"), this);
            connect(copy, &QPushButton::clicked, this,
                    [this] { QApplication::clipboard()->setText(m_message.details); });
            row->addWidget(copy);
        }
        auto* close = new IconButton(QStringLiteral("cross"), tr("Close message"), this, 24);
        connect(close, &QToolButton::clicked, this, &Bar::closed);
        row->addWidget(close);
        setAccessibleName(message.text);
        QAccessibleEvent announced(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&announced);
    }
    const Message& message() const { return m_message; }

signals:
    void closed();

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const auto [fill, line, icon] = look(theme);
        painter.setBrush(fill);
        painter.setPen(QPen(line, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.drawPixmap(12, (height() - 16) / 2, iconPixmap(icon, line, 16, devicePixelRatioF()));
    }

private:
    struct Look {
        QColor fill, line;
        QString icon;
    };
    Look look(const Theme& theme) const {
        switch (m_message.severity) {
        case Severity::Error: return {theme.dangerFill, theme.danger, QStringLiteral("error")};
        case Severity::Warning: return {theme.warningFill, theme.warning, QStringLiteral("warning")};
        case Severity::Ok: return {theme.okFill, theme.ok, QStringLiteral("ok")};
        case Severity::Info: break;
        }
        return {theme.infoFill, theme.accent, QStringLiteral("info")};
    }
    Message m_message;
};

constexpr int kMostBars = 3, kStayMs = 10000;

} // namespace

MessageArea::MessageArea(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(8, 4, 8, 4);
    m_column->setSpacing(4);
    hide();
}

void MessageArea::show(const Message& message) {
    if (!message.key.isEmpty()) clear(message.key);
    while (count() >= kMostBars) delete m_column->itemAt(0)->widget();
    auto* bar = new Bar(message, this);
    const auto close = [this, bar] {
        m_column->removeWidget(bar);
        bar->hide();
        bar->deleteLater();
        setVisible(count() > 0);
    };
    connect(bar, &Bar::closed, this, close);
    m_column->addWidget(bar);
    setVisible(true);
    if (message.severity == Severity::Info || message.severity == Severity::Ok) QTimer::singleShot(kStayMs, bar, close);
}

void MessageArea::clear(const QString& key) {
    for (int i = m_column->count() - 1; i >= 0; --i) {
        auto* bar = static_cast<Bar*>(m_column->itemAt(i)->widget());
        if (key.isEmpty() || bar->message().key == key) delete bar;
    }
    setVisible(count() > 0);
}

int MessageArea::count() const {
    return m_column->count();
}

QString MessageArea::lastText() const {
    return count() ? static_cast<Bar*>(m_column->itemAt(count() - 1)->widget())->message().text : QString();
}

} // namespace emc

#include "message_bar.moc"
