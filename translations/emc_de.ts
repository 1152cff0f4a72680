<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>Channels</name>
    <message>
        <source>valence</source>
        <translation>Valenz</translation>
    </message>
    <message>
        <source>arousal</source>
        <translation>Erregung</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>happy</source>
        <translation>Freude</translation>
    </message>
    <message>
        <source>sad</source>
        <translation>Trauer</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>Überraschung</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>Angst</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>Ekel</translation>
    </message>
    <message>
        <source>anger</source>
        <translation>Ärger</translation>
    </message>
    <message>
        <source>contempt</source>
        <translation>Verachtung</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>H.264 and AAC</source>
        <translation>H.264 und AAC</translation>
    </message>
    <message>
        <source>3D heads</source>
        <translation>3D-Köpfe</translation>
    </message>
    <message>
        <source>Face networks</source>
        <translation>Gesichtsnetze</translation>
    </message>
    <message>
        <source>Video, sound, 3D</source>
        <translation>Video, Ton, 3D</translation>
    </message>
    <message>
        <source>Demo clip</source>
        <translation>Demo-Clip</translation>
    </message>
    <message>
        <source>Demo weights</source>
        <translation>Demo-Gewichte</translation>
    </message>
    <message>
        <source>Official features</source>
        <translation>Offizielle Merkmale</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Datenträger</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>not in this build</source>
        <translation>nicht in diesem Bau</translation>
    </message>
    <message>
        <source>Run ./studio setup</source>
        <translation>./studio setup ausführen</translation>
    </message>
    <message>
        <source>Install libegl1 and libgl1-mesa-dri</source>
        <translation>libegl1 und libgl1-mesa-dri installieren</translation>
    </message>
    <message>
        <source>Install ffmpeg&apos;s libraries with libx264</source>
        <translation>Die Bibliotheken von ffmpeg mit libx264 installieren</translation>
    </message>
    <message>
        <source>Set EMC_RESOURCES to the resources folder of the source tree</source>
        <translation>EMC_RESOURCES auf den Ordner resources des Quellbaums setzen</translation>
    </message>
    <message>
        <source>Free at least 2 GB: runs and films need it</source>
        <translation>Mindestens 2 GB freigeben: Läufe und Filme brauchen sie</translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>Concordance (CCC, mean of 25 dimensions) with the best appropriate listener, summed over the samples, mean over clips</source>
        <translation>Konkordanz (CCC, Mittel über 25 Dimensionen) mit dem besten passenden Zuhörer, über die Stichproben summiert, Mittel über die Clips</translation>
    </message>
    <message>
        <source>Dynamic time warping distance to the nearest appropriate listener, action units / 15 + valence-arousal + expressions / 8, summed over the samples, mean over clips</source>
        <translation>DTW-Abstand zum nächsten passenden Zuhörer, Action Units / 15 + Valenz-Erregung + Ausdrücke / 8, über die Stichproben summiert, Mittel über die Clips</translation>
    </message>
    <message>
        <source>Mean squared difference between the samples of a clip (S-MSE), mean over clips</source>
        <translation>Mittlerer quadrierter Unterschied der Stichproben eines Clips (S-MSE), Mittel über die Clips</translation>
    </message>
    <message>
        <source>Variance over time (divisor T - 1), mean over clips, samples and dimensions</source>
        <translation>Varianz über die Zeit (Teiler T - 1), Mittel über Clips, Stichproben und Dimensionen</translation>
    </message>
    <message>
        <source>Mean squared difference between the predictions for different clips, mean over the sample slots</source>
        <translation>Mittlerer quadrierter Unterschied der Vorhersagen für verschiedene Clips, Mittel über die Plätze der Stichproben</translation>
    </message>
    <message>
        <source>Size of the lag, up to 49 frames, at which prediction and speaker correlate best (TLCC)</source>
        <translation>Größe der Verschiebung bis 49 Bilder, bei der Vorhersage und Sprecher am besten korrelieren (TLCC)</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>Korpus</translation>
    </message>
    <message>
        <source>Folder of a corpus in the REACT layout.</source>
        <translation>Ordner eines Korpus im Aufbau von REACT.</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>Length of the pieces that are cut from the clips for training; 0 = what suits the model.</source>
        <translation>Länge der Stücke, die zum Training aus den Clips geschnitten werden; 0 = was dem Modell entspricht.</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>Schrittweite</translation>
    </message>
    <message>
        <source>Frames that become one step of the network; 1 is the full 25 steps a second, 0 = what suits the model.</source>
        <translation>Bilder, die ein Schritt des Netzes werden; 1 sind die vollen 25 Schritte je Sekunde, 0 = was dem Modell entspricht.</translation>
    </message>
    <message>
        <source>Face size</source>
        <translation>Gesichtsgröße</translation>
    </message>
    <message>
        <source>Side of the square face pictures that the frame encoder sees.</source>
        <translation>Seitenlänge der quadratischen Gesichtsbilder, die der Bildkodierer sieht.</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Frame encoder</source>
        <translation>Bildkodierer</translation>
    </message>
    <message>
        <source>Trained once for the corpus and then kept (frozen), or trained along with the model from the pictures (joint, slow).</source>
        <translation>Einmal für den Korpus trainiert und dann behalten (frozen) oder mit dem Modell zusammen aus den Bildern trainiert (joint, langsam).</translation>
    </message>
    <message>
        <source>Drop the face</source>
        <translation>Gesicht weglassen</translation>
    </message>
    <message>
        <source>Share of the training items that are shown without the face (modality dropout, for comparison with CMA).</source>
        <translation>Anteil der Beispiele, die ohne Gesicht gezeigt werden (Weglassen einer Modalität, zum Vergleich mit CMA).</translation>
    </message>
    <message>
        <source>Drop the voice</source>
        <translation>Stimme weglassen</translation>
    </message>
    <message>
        <source>Share of the training items that are shown without the voice (modality dropout, for comparison with CMA).</source>
        <translation>Anteil der Beispiele, die ohne Stimme gezeigt werden (Weglassen einer Modalität, zum Vergleich mit CMA).</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Which model is trained.</source>
        <translation>Welches Modell trainiert wird.</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>fixed learns in short runs; compat follows the published network to the letter.</source>
        <translation>fixed lernt in kurzen Läufen; compat folgt dem veröffentlichten Netz aufs Wort.</translation>
    </message>
    <message>
        <source>Substitute</source>
        <translation>Ersatz</translation>
    </message>
    <message>
        <source>What stands in for a missing modality during training of an EMC model.</source>
        <translation>Was im Training eines EMC-Modells für eine fehlende Modalität einspringt.</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>Emotion</translation>
    </message>
    <message>
        <source>Weight of the 25 emotion attributes in the reconstruction.</source>
        <translation>Gewicht der 25 Emotionswerte in der Rekonstruktion.</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>Weight of the 52 expression coefficients in the reconstruction.</source>
        <translation>Gewicht der 52 Ausdruckswerte in der Rekonstruktion.</translation>
    </message>
    <message>
        <source>Pose</source>
        <translation>Kopfhaltung</translation>
    </message>
    <message>
        <source>Weight of the 6 pose coefficients in the reconstruction.</source>
        <translation>Gewicht der 6 Werte der Kopfhaltung in der Rekonstruktion.</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Weight that pulls the reaction&apos;s distribution towards the standard normal one; too small and all samples are alike.</source>
        <translation>Gewicht, das die Verteilung der Reaktion zur Standardnormalverteilung zieht; ist es zu klein, gleichen sich alle Proben.</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>Weight of the term that pushes two samples of the same clip apart.</source>
        <translation>Gewicht des Terms, der zwei Proben desselben Clips auseinanderschiebt.</translation>
    </message>
    <message>
        <source>CMA</source>
        <translation>CMA</translation>
    </message>
    <message>
        <source>Weight of the loss of compensatory modality alignment.</source>
        <translation>Gewicht des Verlusts der ausgleichenden Modalitätsangleichung (CMA).</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>Fusion</translation>
    </message>
    <message>
        <source>Weight of the loss that draws the distributions with and without a modality together; 0 switches it off.</source>
        <translation>Gewicht des Verlusts, der die Verteilungen mit und ohne eine Modalität zusammenzieht; 0 schaltet ihn ab.</translation>
    </message>
    <message>
        <source>Withhold emotion</source>
        <translation>Ohne Emotion</translation>
    </message>
    <message>
        <source>Share of the training items whose emotion input is withheld, so that the model does not lean on it alone.</source>
        <translation>Anteil der Beispiele ohne Emotionseingabe, damit sich das Modell nicht allein darauf stützt.</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Step size of AdamW after the warm-up.</source>
        <translation>Schrittgröße von AdamW nach dem Anwärmen.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabfall</translation>
    </message>
    <message>
        <source>Pull of the weights towards zero.</source>
        <translation>Zug der Gewichte zur Null.</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>Gradientengrenze</translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0 switches clipping off.</source>
        <translation>Größte Norm des Gradienten; 0 schaltet die Begrenzung ab.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Number of pieces in one step; 0 = what suits the model.</source>
        <translation>Anzahl der Stücke in einem Schritt; 0 = was dem Modell entspricht.</translation>
    </message>
    <message>
        <source>clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Accumulate</source>
        <translation>Sammeln</translation>
    </message>
    <message>
        <source>Batches whose gradients are averaged into one step: a batch of clips x this many in the memory of one.</source>
        <translation>Stapel, deren Gradienten zu einem Schritt gemittelt werden: so viele Stapel im Speicher von einem.</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Number of training steps.</source>
        <translation>Anzahl der Trainingsschritte.</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Anwärmen</translation>
    </message>
    <message>
        <source>Steps during which the learning rate rises from zero.</source>
        <translation>Schritte, in denen die Lernrate von null ansteigt.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>How the learning rate goes on after the warm-up.</source>
        <translation>Wie die Lernrate nach dem Anwärmen weitergeht.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Run folder</source>
        <translation>Ordner des Laufs</translation>
    </message>
    <message>
        <source>Folder where the run is written; a run that is already there with the same options goes on.</source>
        <translation>Ordner, in den der Lauf geschrieben wird; ein Lauf, der dort mit denselben Optionen schon liegt, geht weiter.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Number from which everything random is drawn; the same seed gives the same run.</source>
        <translation>Zahl, aus der alles Zufällige gezogen wird; derselbe Startwert ergibt denselben Lauf.</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>Prüfen alle</translation>
    </message>
    <message>
        <source>Steps between two validations.</source>
        <translation>Schritte zwischen zwei Prüfungen.</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Validations in a row without a better one after which the run ends by itself; 0 = it goes to its last step.</source>
        <translation>Prüfungen nacheinander ohne eine bessere, nach denen der Lauf von selbst endet; 0 = er geht bis zum letzten Schritt.</translation>
    </message>
    <message>
        <source>validations</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Sichern alle</translation>
    </message>
    <message>
        <source>Steps between two saved states from which the run can go on.</source>
        <translation>Schritte zwischen zwei gesicherten Ständen, von denen der Lauf weitergehen kann.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Processor threads; results are equal to the last bit only for the same number.</source>
        <translation>Prozessor-Threads; auf das letzte Bit gleich sind Ergebnisse nur bei gleicher Anzahl.</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Where the numbers are crunched; cuda needs an NVIDIA driver and the CUDA libraries that ./studio setup fetches where it finds one (`emc doctor` tells).</source>
        <translation>Wo gerechnet wird; cuda braucht einen NVIDIA-Treiber und die CUDA-Bibliotheken, die ./studio setup holt, wo es einen findet (`emc doctor` zeigt es).</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>There is not enough memory for this</source>
        <translation>Dafür reicht der Speicher nicht</translation>
    </message>
    <message>
        <source>Something went wrong that has no description</source>
        <translation>Etwas schlug ohne Beschreibung fehl</translation>
    </message>
    <message>
        <source>Missing spans</source>
        <translation>Lücken</translation>
    </message>
</context>
<context>
    <name>StudyBands</name>
    <message>
        <source>training seeds</source>
        <translation>Trainings-Seeds</translation>
    </message>
    <message>
        <source>damage seeds</source>
        <translation>Seeds der Schäden</translation>
    </message>
    <message>
        <source>sampling seeds</source>
        <translation>Zieh-Seeds</translation>
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
        <translation>Nullen</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>EMC</source>
        <translation>EMC</translation>
    </message>
    <message>
        <source>EMC, w/o EA</source>
        <translation>EMC, ohne EA</translation>
    </message>
    <message>
        <source>EMC, w/o face</source>
        <translation>EMC, ohne Gesicht</translation>
    </message>
    <message>
        <source>EMC, w/o speech</source>
        <translation>EMC, ohne Sprache</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>W/o face, %1</source>
        <translation>Ohne Gesicht, %1</translation>
    </message>
    <message>
        <source>W/o speech, %1</source>
        <translation>Ohne Sprache, %1</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>Echter Zuhörer</translation>
    </message>
    <message>
        <source>%1: %2 equals that of %3.</source>
        <translation>%1: %2 gleicht dem von %3.</translation>
    </message>
    <message>
        <source>%1: %2 is %3 higher than that of %4 (better)</source>
        <translation>%1: %2 liegt um %3 höher als bei %4 (besser)</translation>
    </message>
    <message>
        <source>%1: %2 is %3 higher than that of %4 (worse)</source>
        <translation>%1: %2 liegt um %3 höher als bei %4 (schlechter)</translation>
    </message>
    <message>
        <source>%1: %2 is %3 lower than that of %4 (better)</source>
        <translation>%1: %2 liegt um %3 tiefer als bei %4 (besser)</translation>
    </message>
    <message>
        <source>%1: %2 is %3 lower than that of %4 (worse)</source>
        <translation>%1: %2 liegt um %3 tiefer als bei %4 (schlechter)</translation>
    </message>
    <message>
        <source>%1; it has no values per clip to test.</source>
        <translation>%1; die Größe hat keine Werte je Clip, die man prüfen könnte.</translation>
    </message>
    <message>
        <source>%1; better on %2 of %3 clips, p = %4 after Holm: </source>
        <translation>%1; besser bei %2 von %3 Clips, p = %4 nach Holm: </translation>
    </message>
    <message>
        <source>more than chance explains on these clips.</source>
        <translation>mehr, als der Zufall auf diesen Clips erklärt.</translation>
    </message>
    <message>
        <source>not told apart from chance on these clips.</source>
        <translation>auf diesen Clips nicht vom Zufall zu unterscheiden.</translation>
    </message>
    <message>
        <source>No model of this kind was chosen.</source>
        <translation>Kein solches Modell ist gewählt.</translation>
    </message>
    <message>
        <source>The metric has no value here.</source>
        <translation>Die Größe hat hier keinen Wert.</translation>
    </message>
    <message>
        <source>Value: %1</source>
        <translation>Wert: %1</translation>
    </message>
    <message numerus="yes">
        <source> ± %1 over %n training seed(s)</source>
        <translation>
            <numerusform> ± %1 über %n Trainings-Seed</numerusform>
            <numerusform> ± %1 über %n Trainings-Seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> ± %1 over %n draw(s) of one network: says nothing about other trainings</source>
        <translation>
            <numerusform> ± %1 über %n Ziehung eines Netzes: sagt nichts über andere Trainings</numerusform>
            <numerusform> ± %1 über %n Ziehungen eines Netzes: sagt nichts über andere Trainings</numerusform>
        </translation>
    </message>
    <message>
        <source>Change: %1, %2 % interval %3 to %4</source>
        <translation>Änderung: %1, %2-%-Intervall %3 bis %4</translation>
    </message>
    <message>
        <source>p after Holm: %1 (paired permutation)</source>
        <translation>p nach Holm: %1 (gepaarte Permutation)</translation>
    </message>
    <message>
        <source>Effect: d_z %1, Cliff&apos;s δ %2</source>
        <translation>Effekt: d_z %1, Cliffs δ %2</translation>
    </message>
    <message>
        <source>unbounded</source>
        <translation>unbeschränkt</translation>
    </message>
    <message>
        <source>Published: %1 (other data, not comparable)</source>
        <translation>Veröffentlicht: %1 (andere Daten, nicht vergleichbar)</translation>
    </message>
    <message>
        <source>Double click shows the clips.</source>
        <translation>Ein Doppelklick zeigt die Clips.</translation>
    </message>
    <message>
        <source>%1 of %2 reactions</source>
        <translation>%1 von %2 Reaktionen</translation>
    </message>
    <message>
        <source>to be scored</source>
        <translation>noch zu bewerten</translation>
    </message>
    <message>
        <source>± is the standard deviation over training seeds.</source>
        <translation>± ist die Standardabweichung über Trainings-Seeds.</translation>
    </message>
    <message>
        <source>± with (s) is the spread over draws of one network: it says nothing about other trainings.</source>
        <translation>± mit (s) ist die Streuung über Ziehungen eines Netzes: über andere Trainings sagt sie nichts.</translation>
    </message>
    <message>
        <source>Changes are tested by paired permutation over the clips, with Holm&apos;s correction over the column; intervals: bootstrap over the clips (%1, %2 %). The tests are about these networks on other clips, not about other trainings.</source>
        <translation>Änderungen werden durch gepaarte Permutation über die Clips geprüft, mit Holms Korrektur über die Spalte; Intervalle: Bootstrap über die Clips (%1, %2 %). Die Tests gelten für diese Netze auf anderen Clips, nicht für andere Trainings.</translation>
    </message>
    <message>
        <source>FRSyn of %1 % of the clips is decided by an attribute that never changes, in every row.</source>
        <translation>FRSyn entscheidet bei %1 % der Clips ein Merkmal, das sich nie ändert, in jeder Zeile.</translation>
    </message>
    <message>
        <source>FRSyn of %1 % of the clips is decided by an attribute that never changes, in %2.</source>
        <translation>FRSyn entscheidet bei %1 % der Clips ein Merkmal, das sich nie ändert, in %2.</translation>
    </message>
</context>
<context>
    <name>emc::AttentionPanel</name>
    <message>
        <source>Export</source>
        <translation>Ausgeben</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>Bild ausgeben</translation>
    </message>
    <message>
        <source>Attention of %1, %2, %3</source>
        <translation>Aufmerksamkeit von %1, %2, %3</translation>
    </message>
    <message>
        <source>mean of heads</source>
        <translation>Mittel der Köpfe</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>Kopf %1</translation>
    </message>
    <message>
        <source>%1, %2, layer %3. %4, %5. %6 Query row at %7 s.</source>
        <translation>%1, %2, Schicht %3. %4, %5. %6 Anfragezeile bei %7 s.</translation>
    </message>
    <message>
        <source>Signed difference, symmetric limits.</source>
        <translation>Differenz mit Vorzeichen, symmetrische Grenzen.</translation>
    </message>
    <message>
        <source>Colour follows the weight to the power of 0.62; H: entropy of each row.</source>
        <translation>Die Farbe folgt dem Gewicht hoch 0,62; H: Entropie jeder Zeile.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Part of the attention</source>
        <translation>Teil der Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Δ model</source>
        <translation>Δ Modell</translation>
    </message>
    <message>
        <source>Δ switches</source>
        <translation>Δ Schalter</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>The row of the frame under the playhead appears here.</source>
        <translation>Hier erscheint die Zeile des Bildes unter der Abspielmarke.</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Strongest keys</source>
        <translation>Stärkste Schlüssel</translation>
    </message>
    <message>
        <source>Follow playhead</source>
        <translation>Marke folgen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Ø</translation>
    </message>
    <message>
        <source>Needs a second model with the same attention.</source>
        <translation>Braucht ein zweites Modell mit derselben Aufmerksamkeit.</translation>
    </message>
    <message>
        <source>Turn a switch: the attention before and after it is then compared.</source>
        <translation>Schalter betätigen: die Aufmerksamkeit davor und danach wird dann verglichen.</translation>
    </message>
    <message>
        <source>This attention has one layer.</source>
        <translation>Diese Aufmerksamkeit hat eine Schicht.</translation>
    </message>
    <message>
        <source>query: %1 time, s</source>
        <translation>Anfrage: Zeit %1, s</translation>
    </message>
    <message>
        <source>key: %1 time, s</source>
        <translation>Schlüssel: Zeit %1, s</translation>
    </message>
    <message>
        <source>No attention yet. Show a model with attention and let it react.</source>
        <translation>Noch keine Aufmerksamkeit. Ein Modell mit Aufmerksamkeit zeigen und reagieren lassen.</translation>
    </message>
    <message>
        <source>%1 has no attention to show.</source>
        <translation>%1 hat keine Aufmerksamkeit zu zeigen.</translation>
    </message>
    <message>
        <source>This map is being fetched.</source>
        <translation>Diese Karte wird geholt.</translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>Es gibt noch nichts auszugeben.</translation>
    </message>
    <message>
        <source>Query row at %1</source>
        <translation>Anfragezeile bei %1</translation>
    </message>
    <message>
        <source>difference %1</source>
        <translation>Differenz %1</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>Gewicht %1</translation>
    </message>
    <message>
        <source>Attention, query %1 s</source>
        <translation>Aufmerksamkeit, Anfrage %1 s</translation>
    </message>
    <message>
        <source>Key time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Speaker at that moment</source>
        <translation>Sprecher in diesem Moment</translation>
    </message>
    <message>
        <source>Speaker then</source>
        <translation>Sprecher dort</translation>
    </message>
    <message>
        <source>U-EA · face</source>
        <translation>U-EA · Gesicht</translation>
    </message>
    <message>
        <source>U-EA · speech</source>
        <translation>U-EA · Sprache</translation>
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
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>emotion</source>
        <translation>Emotion</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>reaction</source>
        <translation>Reaktion</translation>
    </message>
</context>
<context>
    <name>emc::Bar</name>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
</context>
<context>
    <name>emc::ClipsModel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
</context>
<context>
    <name>emc::ClipsTab</name>
    <message>
        <source>Clips by value</source>
        <translation>Clips nach Wert</translation>
    </message>
    <message>
        <source>Run of this row</source>
        <translation>Lauf dieser Zeile</translation>
    </message>
    <message>
        <source>Show in Explore</source>
        <translation>In Erkunden zeigen</translation>
    </message>
    <message>
        <source>Reactions of the clip</source>
        <translation>Reaktionen auf den Clip</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s); bar: this row, line and dashes: %1; better on %2</source>
        <translation>
            <numerusform>%n Clip; Balken: diese Zeile, Strich: %1; besser bei %2</numerusform>
            <numerusform>%n Clips; Balken: diese Zeile, Strich: %1; besser bei %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s), best first</source>
        <translation>
            <numerusform>%n Clip</numerusform>
            <numerusform>%n Clips, der beste zuerst</numerusform>
        </translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Choose a clip</source>
        <translation>Einen Clip wählen</translation>
    </message>
    <message>
        <source>Its reactions appear here, one by one.</source>
        <translation>Seine Reaktionen erscheinen hier einzeln.</translation>
    </message>
    <message>
        <source>This clip cannot be taken apart</source>
        <translation>Dieser Clip lässt sich nicht zerlegen</translation>
    </message>
    <message>
        <source>Run %1 of %2</source>
        <translation>Lauf %1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 from %n reaction(s)</source>
        <translation>
            <numerusform>%1: %2 aus %n Reaktion</numerusform>
            <numerusform>%1: %2 aus %n Reaktionen</numerusform>
        </translation>
    </message>
    <message>
        <source>draws of seed %1</source>
        <translation>Ziehungen mit Seed %1</translation>
    </message>
    <message>
        <source>Reaction %1</source>
        <translation>Reaktion %1</translation>
    </message>
    <message>
        <source>own listener</source>
        <translation>eigener Zuhörer</translation>
    </message>
    <message>
        <source>Reaction</source>
        <translation>Reaktion</translation>
    </message>
    <message>
        <source>Most alike listener</source>
        <translation>Ähnlichster Zuhörer</translation>
    </message>
    <message>
        <source>Nearest listener</source>
        <translation>Nächster Zuhörer</translation>
    </message>
    <message>
        <source>Tick: best reaction; arrow: worst. Every reaction is compared with all listeners who answer this speaker appropriately; the named one decided.</source>
        <translation>Haken: beste Reaktion; Pfeil: schlechteste. Jede Reaktion wird mit allen Zuhörern verglichen, die diesem Sprecher passend antworten; der genannte gab den Ausschlag.</translation>
    </message>
    <message>
        <source>Tick: best reaction; arrow: worst.</source>
        <translation>Haken: beste Reaktion; Pfeil: schlechteste.</translation>
    </message>
    <message>
        <source>The ground truth is the real listener; Explore shows it beside every model</source>
        <translation>Das ist der echte Zuhörer; Erkunden zeigt ihn neben jedem Modell</translation>
    </message>
    <message>
        <source>Explore lets EMC imagine what is missing; this row stands for another substitute</source>
        <translation>In Erkunden stellt EMC sich das Fehlende vor; diese Zeile steht für einen anderen Ersatz</translation>
    </message>
    <message>
        <source>Opens the clip with this model, condition and these draws</source>
        <translation>Öffnet den Clip mit diesem Modell, dieser Bedingung und diesen Ziehungen</translation>
    </message>
</context>
<context>
    <name>emc::CmaPanel</name>
    <message>
        <source>CMA: how a missing modality is imagined</source>
        <translation>CMA: wie eine fehlende Modalität vorgestellt wird</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>close to</source>
        <translation>nahe an</translation>
    </message>
    <message>
        <source>loosely like</source>
        <translation>lose wie</translation>
    </message>
    <message>
        <source>unlike</source>
        <translation>anders als</translation>
    </message>
    <message>
        <source>The imagined %1 is %2 the true one: cosine %3 on average, %4 at its lowest; distance %5&#x2009;σ on average, %6&#x2009;σ at its highest.</source>
        <translation>Vorgestellt (%1): %2 das Wahre; Kosinus im Mittel %3, mindestens %4; Abstand im Mittel %5 σ, höchstens %6 σ.</translation>
    </message>
    <message>
        <source>Cross-modal compensation, %1</source>
        <translation>Kreuzmodaler Ausgleich, %1</translation>
    </message>
    <message>
        <source>%1. %2 imagined, draw %3, temperature %4, seed %5. Bands: 1 and 2 sigma; standardised units. %6</source>
        <translation>%1. %2 vorgestellt, Ziehung %3, Temperatur %4, Startwert %5. Bänder: 1 und 2 Sigma; standardisierte Einheiten. %6</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>speech ← face</source>
        <translation>Sprache ← Gesicht</translation>
    </message>
    <message>
        <source>face ← speech</source>
        <translation>Gesicht ← Sprache</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Ziehung</translation>
    </message>
    <message>
        <source>per clip</source>
        <translation>je Clip</translation>
    </message>
    <message>
        <source>per frame</source>
        <translation>je Bild</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>Neu ziehen</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Nothing is imagined. Mark a missing span of speech or face on the timeline, or switch one off, and EMC imagines it.</source>
        <translation>Nichts wird vorgestellt. Auf der Zeitachse eine Lücke in Sprache oder Gesicht markieren oder eines abschalten, dann stellt EMC es sich vor.</translation>
    </message>
    <message>
        <source>Latent z, posterior mean and spread</source>
        <translation>Latentes z, Mittel und Streuung des Posteriors</translation>
    </message>
    <message>
        <source>Latent dimension</source>
        <translation>Latente Dimension</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Compare with the truth</source>
        <translation>Mit der Wahrheit vergleichen</translation>
    </message>
    <message>
        <source>Reads the modality that was declared missing, only to compare the substitute with it.</source>
        <translation>Liest die als fehlend erklärte Modalität, nur um den Ersatz mit ihr zu vergleichen.</translation>
    </message>
    <message>
        <source>Draws, principal components</source>
        <translation>Ziehungen, Hauptkomponenten</translation>
    </message>
    <message>
        <source>Walk</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Walk from</source>
        <translation>Weg von</translation>
    </message>
    <message>
        <source>Walk to</source>
        <translation>Weg nach</translation>
    </message>
    <message>
        <source>Share of the second draw</source>
        <translation>Anteil der zweiten Ziehung</translation>
    </message>
    <message>
        <source>Leave the walk</source>
        <translation>Weg verlassen</translation>
    </message>
    <message>
        <source>Substitute û against true u</source>
        <translation>Ersatz û gegen wahres u</translation>
    </message>
    <message>
        <source>Agreement with the truth</source>
        <translation>Übereinstimmung mit der Wahrheit</translation>
    </message>
    <message>
        <source>Without the truth there is nothing to compare with.</source>
        <translation>Ohne die Wahrheit gibt es nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>L2 per channel, σ</source>
        <translation>L2 je Kanal, σ</translation>
    </message>
    <message>
        <source>%1  Draw %2</source>
        <translation>%1  Ziehung %2</translation>
    </message>
    <message>
        <source>Nothing of this kind is imagined now.</source>
        <translation>Dergleichen wird gerade nicht vorgestellt.</translation>
    </message>
    <message>
        <source>dimension %1</source>
        <translation>Dimension %1</translation>
    </message>
    <message>
        <source>Latent z, draws of the prior</source>
        <translation>Latentes z, Ziehungen des Priors</translation>
    </message>
    <message>
        <source>%1 draws, held over the span</source>
        <translation>%1 Ziehungen, über die Lücke gehalten</translation>
    </message>
    <message>
        <source>band 1&#x2009;σ and 2&#x2009;σ · thin lines: %1 draws</source>
        <translation>Band 1 σ und 2 σ · dünne Linien: %1 Ziehungen</translation>
    </message>
    <message>
        <source>%1 draws of the prior</source>
        <translation>%1 Ziehungen des Priors</translation>
    </message>
    <message>
        <source>Substitute û</source>
        <translation>Ersatz û</translation>
    </message>
    <message>
        <source>%1 channels, standardised</source>
        <translation>%1 Kanäle, standardisiert</translation>
    </message>
    <message>
        <source>%1; true %2 known</source>
        <translation>%1; wahr bekannt: %2</translation>
    </message>
    <message>
        <source>prior N(0, 1)</source>
        <translation>Prior N(0, 1)</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Ø</translation>
    </message>
    <message>
        <source>draw %1</source>
        <translation>Ziehung %1</translation>
    </message>
    <message>
        <source>draw %1: %2</source>
        <translation>Ziehung %1: %2</translation>
    </message>
    <message>
        <source>%1 mean · %2 lowest</source>
        <translation>%1 Mittel · %2 Minimum</translation>
    </message>
    <message>
        <source>%1&#x2009;σ mean · %2&#x2009;σ highest</source>
        <translation>%1 σ Mittel · %2 σ Maximum</translation>
    </message>
    <message>
        <source>%1 – %2&#x2009;s, draw %3</source>
        <translation>%1 – %2 s, Ziehung %3</translation>
    </message>
    <message>
        <source>The true %1 was not read, so the substitute cannot be judged.</source>
        <translation>Das Wahre (%1) wurde nicht gelesen, der Ersatz lässt sich nicht beurteilen.</translation>
    </message>
    <message>
        <source>posterior mean of true u</source>
        <translation>Posteriormittel des wahren u</translation>
    </message>
    <message>
        <source>Seed locked: the same draws every time</source>
        <translation>Startwert gesperrt: jedes Mal dieselben Ziehungen</translation>
    </message>
    <message>
        <source>Seed free: new draws take a new seed</source>
        <translation>Startwert frei: neue Ziehungen nehmen einen neuen Startwert</translation>
    </message>
</context>
<context>
    <name>emc::DoctorPage</name>
    <message>
        <source>Playback and import</source>
        <translation>Wiedergabe und Import</translation>
    </message>
    <message>
        <source>3D and display</source>
        <translation>3D und Anzeige</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Rechnen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Checking this machine</source>
        <translation>Dieser Rechner wird geprüft</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>need a fix</source>
        <translation>zu beheben</translation>
    </message>
    <message>
        <source>Budgets, measured in this window</source>
        <translation>Grenzwerte, in diesem Fenster gemessen</translation>
    </message>
    <message>
        <source>Start to usable window</source>
        <translation>Start bis bereit</translation>
    </message>
    <message>
        <source>Last new reaction</source>
        <translation>Letzte neue Reaktion</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>The check itself failed: %1</source>
        <translation>Die Prüfung selbst schlug fehl: %1</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>%1, platform %2</source>
        <translation>%1, Plattform %2</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n thread(s)</source>
        <translation>
            <numerusform>%1, %n Thread</numerusform>
            <numerusform>%1, %n Threads</numerusform>
        </translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>%1 × %2 at %3 %</source>
        <translation>%1 × %2 bei %3 %</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Check this machine</source>
        <translation>Diesen Rechner prüfen</translation>
    </message>
    <message>
        <source>Copy fix</source>
        <translation>Abhilfe kopieren</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>needs a fix</source>
        <translation>zu beheben</translation>
    </message>
    <message>
        <source>%1 of %2 fine</source>
        <translation>%1 von %2 in Ordnung</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Ready to work. Nothing needs a fix.</source>
        <translation>Arbeitsbereit. Nichts ist zu beheben.</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) need a fix.</source>
        <translation>
            <numerusform>%n Punkt ist zu beheben.</numerusform>
            <numerusform>%n Punkte sind zu beheben.</numerusform>
        </translation>
    </message>
    <message>
        <source>checked %1, %2 s</source>
        <translation>geprüft %1, %2 s</translation>
    </message>
</context>
<context>
    <name>emc::DrawsMap</name>
    <message>
        <source>Draws, principal components</source>
        <translation>Ziehungen, Hauptkomponenten</translation>
    </message>
    <message>
        <source>PC %1, %2&#x2009;% of variance</source>
        <translation>HK %1, %2 % der Varianz</translation>
    </message>
    <message>
        <source>Draw %1: click to show its reaction</source>
        <translation>Ziehung %1: Klick zeigt ihre Reaktion</translation>
    </message>
</context>
<context>
    <name>emc::EvaluatePage</name>
    <message>
        <source>Views of the study</source>
        <translation>Ansichten der Studie</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Robustness</source>
        <translation>Robustheit</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>Verdeckung</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Double click a number of the table to see the clips behind it.</source>
        <translation>Ein Doppelklick auf eine Zahl der Tabelle zeigt die Clips dahinter.</translation>
    </message>
    <message>
        <source>Progress of the study</source>
        <translation>Fortschritt der Studie</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>What is stored stays; the study can go on later</source>
        <translation>Was gespeichert ist, bleibt; die Studie kann später weitergehen</translation>
    </message>
    <message>
        <source>Table 1</source>
        <translation>Tabelle 1</translation>
    </message>
    <message>
        <source>LaTeX</source>
        <translation>LaTeX</translation>
    </message>
    <message>
        <source>Copies the table as LaTeX</source>
        <translation>Kopiert die Tabelle als LaTeX</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Markdown, LaTeX, CSV, JSON, SVG, PDF or PNG</source>
        <translation>Markdown, LaTeX, CSV, JSON, SVG, PDF oder PNG</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>In Worten</translation>
    </message>
    <message>
        <source>The table is on the clipboard as LaTeX.</source>
        <translation>Die Tabelle liegt als LaTeX in der Zwischenablage.</translation>
    </message>
    <message numerus="yes">
        <source>%1 variant · %n clip(s) × %2 reactions</source>
        <translation>
            <numerusform>%1 · %n Clip × %2 Reaktionen</numerusform>
            <numerusform>%1 · %n Clips × %2 Reaktionen</numerusform>
        </translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>bereinigt</translation>
    </message>
    <message>
        <source>official</source>
        <translation>offiziell</translation>
    </message>
    <message>
        <source>%1 of %2 reactions stored</source>
        <translation>%1 von %2 Reaktionen gespeichert</translation>
    </message>
    <message>
        <source>bold best · * p &lt; %1, Holm · publ.: other data, not comparable</source>
        <translation>fett: am besten · * p &lt; %1, Holm · veröff.: andere Daten, nicht vergleichbar</translation>
    </message>
    <message>
        <source>Synthetic corpus: these numbers test the tool, they are not results about people.</source>
        <translation>Künstlicher Korpus: Diese Zahlen prüfen das Werkzeug, sie sagen nichts über Menschen.</translation>
    </message>
    <message>
        <source>Choose a change in the table to read what it says. A change needs the original and its EMC form of one host.</source>
        <translation>Wählen Sie eine Änderung in der Tabelle, um zu lesen, was sie sagt. Sie braucht das Original und die EMC-Form desselben Modells.</translation>
    </message>
    <message>
        <source>Reading the study</source>
        <translation>Die Studie wird gelesen</translation>
    </message>
    <message>
        <source>No corpus yet. Choose a folder in the layout of REACT 2024 on the left; `emc corpus make` makes a synthetic one.</source>
        <translation>Noch kein Korpus. Wählen Sie links einen Ordner im Aufbau von REACT 2024; `emc corpus make` macht einen künstlichen.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>everything is scored</source>
        <translation>alles ist bewertet</translation>
    </message>
    <message numerus="yes">
        <source>%n reaction(s) to go</source>
        <translation>
            <numerusform>noch %n Reaktion</numerusform>
            <numerusform>noch %n Reaktionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) to score</source>
        <translation>
            <numerusform>noch %n Zeile zu bewerten</numerusform>
            <numerusform>noch %n Zeilen zu bewerten</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Tabelle exportieren</translation>
    </message>
    <message>
        <source>table.md</source>
        <translation>tabelle.md</translation>
    </message>
    <message>
        <source>Markdown (*.md);;LaTeX (*.tex);;CSV (*.csv);;JSON (*.json);;SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</source>
        <translation>Markdown (*.md);;LaTeX (*.tex);;CSV (*.csv);;JSON (*.json);;SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</translation>
    </message>
    <message>
        <source>Wrote %1.</source>
        <translation>%1 wurde geschrieben.</translation>
    </message>
    <message>
        <source>Export the curves</source>
        <translation>Kurven exportieren</translation>
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
        <translation>robustheit</translation>
    </message>
    <message>
        <source>occlusion</source>
        <translation>verdeckung</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>Läufe lesen</translation>
    </message>
    <message>
        <source>Read the study</source>
        <translation>Studie lesen</translation>
    </message>
    <message>
        <source>Study of %1</source>
        <translation>Studie über %1</translation>
    </message>
    <message>
        <source>Robustness on %1</source>
        <translation>Robustheit auf %1</translation>
    </message>
    <message>
        <source>Occlusion of one clip</source>
        <translation>Verdeckung eines Clips</translation>
    </message>
    <message>
        <source>waits for another job</source>
        <translation>wartet auf eine andere Aufgabe</translation>
    </message>
    <message>
        <source>paused at %1 %</source>
        <translation>angehalten bei %1 %</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>hält an</translation>
    </message>
    <message>
        <source>%1 %, %2 left</source>
        <translation>%1 %, noch %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>reads the corpus</source>
        <translation>liest den Korpus</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 ist gescheitert: %2</translation>
    </message>
    <message>
        <source>%1 is finished.</source>
        <translation>%1 ist fertig.</translation>
    </message>
    <message>
        <source>%1 was stopped; what is stored stays, Start goes on from there.</source>
        <translation>%1 wurde angehalten; was gespeichert ist, bleibt, und Weiter setzt dort fort.</translation>
    </message>
    <message>
        <source>Reading the clips</source>
        <translation>Die Clips werden gelesen</translation>
    </message>
    <message>
        <source>Read the clips</source>
        <translation>Clips lesen</translation>
    </message>
    <message>
        <source>Read a clip</source>
        <translation>Einen Clip lesen</translation>
    </message>
    <message>
        <source>Choose a corpus</source>
        <translation>Korpus wählen</translation>
    </message>
    <message>
        <source>Notes to the table</source>
        <translation>Anmerkungen zur Tabelle</translation>
    </message>
</context>
<context>
    <name>emc::ExplorePage</name>
    <message>
        <source>This session</source>
        <translation>Diese Sitzung</translation>
    </message>
    <message numerus="yes">
        <source>Look at %n clip(s)</source>
        <translation>
            <numerusform>%n Clip ansehen</numerusform>
            <numerusform>%n Clips ansehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Drop a video, a clip folder or a session here</source>
        <translation>Ein Video, einen Clip-Ordner oder eine Sitzung hierher ziehen</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Read %1</source>
        <translation>%1 lesen</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>%1 lässt sich nicht öffnen: %2</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>synthetic · %1 fps</source>
        <translation>synthetisch · %1 B/s</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 B/s</translation>
    </message>
    <message>
        <source>This clip has no video, only its features</source>
        <translation>Dieser Clip hat kein Video, nur seine Merkmale</translation>
    </message>
    <message>
        <source>imagined</source>
        <translation>vorgestellt</translation>
    </message>
    <message>
        <source>without EMC</source>
        <translation>ohne EMC</translation>
    </message>
    <message>
        <source>None of the shown models has EMC</source>
        <translation>Keines der gezeigten Modelle hat EMC</translation>
    </message>
    <message>
        <source>EA works inside EMC, which is off</source>
        <translation>EA wirkt innerhalb von EMC, und das ist aus</translation>
    </message>
    <message>
        <source>Real listener</source>
        <translation>Echter Zuhörer</translation>
    </message>
    <message>
        <source>sample %1</source>
        <translation>Probe %1</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>rechnet</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>im Speicher</translation>
    </message>
    <message>
        <source>real</source>
        <translation>echt</translation>
    </message>
    <message>
        <source>Choose a model on the left to see its attention.</source>
        <translation>Links ein Modell wählen, um seine Aufmerksamkeit zu sehen.</translation>
    </message>
    <message>
        <source>The shown models give no attention.</source>
        <translation>Die gezeigten Modelle geben keine Aufmerksamkeit.</translation>
    </message>
    <message>
        <source>One of face and speech must stay: a listener needs something to react to.</source>
        <translation>Gesicht oder Sprache muss bleiben: ein Zuhörer braucht etwas, worauf er reagiert.</translation>
    </message>
    <message>
        <source>Show the face to the models</source>
        <translation>Modellen das Gesicht zeigen</translation>
    </message>
    <message>
        <source>Hide the face from the models</source>
        <translation>Gesicht vor den Modellen verbergen</translation>
    </message>
    <message>
        <source>Let the models hear the speech</source>
        <translation>Modelle die Sprache hören lassen</translation>
    </message>
    <message>
        <source>Take the speech from the models</source>
        <translation>Modellen die Sprache nehmen</translation>
    </message>
    <message>
        <source>Emotion attention on</source>
        <translation>Emotionsaufmerksamkeit an</translation>
    </message>
    <message>
        <source>Emotion attention off</source>
        <translation>Emotionsaufmerksamkeit aus</translation>
    </message>
    <message>
        <source>Compensation on</source>
        <translation>Ausgleich an</translation>
    </message>
    <message>
        <source>Compensation off</source>
        <translation>Ausgleich aus</translation>
    </message>
    <message>
        <source>Show another sample</source>
        <translation>Andere Probe zeigen</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>Neu ziehen</translation>
    </message>
    <message>
        <source>Lock of the seed</source>
        <translation>Sperre des Startwerts</translation>
    </message>
    <message>
        <source>Add a missing span</source>
        <translation>Lücke hinzufügen</translation>
    </message>
    <message>
        <source>Loop from here</source>
        <translation>Schleife ab hier</translation>
    </message>
    <message>
        <source>Loop to here</source>
        <translation>Schleife bis hier</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>One camera</source>
        <translation>Eine Kamera</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>Bild ausgeben</translation>
    </message>
    <message>
        <source>Figures (*.png *.svg *.pdf);;Table (*.csv)</source>
        <translation>Bilder (*.png *.svg *.pdf);;Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Figure written: %1</source>
        <translation>Bild geschrieben: %1</translation>
    </message>
    <message>
        <source>speech imagined</source>
        <translation>Sprache vorgestellt</translation>
    </message>
    <message>
        <source>face imagined</source>
        <translation>Gesicht vorgestellt</translation>
    </message>
    <message>
        <source>without speech</source>
        <translation>ohne Sprache</translation>
    </message>
    <message>
        <source>without face</source>
        <translation>ohne Gesicht</translation>
    </message>
    <message>
        <source>sound muted in span</source>
        <translation>Ton in der Lücke stumm</translation>
    </message>
    <message>
        <source>face hidden from the models</source>
        <translation>Gesicht vor Modellen verborgen</translation>
    </message>
    <message>
        <source>no model chosen</source>
        <translation>kein Modell gewählt</translation>
    </message>
    <message numerus="yes">
        <source>computing %n reaction(s)</source>
        <translation>
            <numerusform>%n Reaktion wird berechnet</numerusform>
            <numerusform>%n Reaktionen werden berechnet</numerusform>
        </translation>
    </message>
    <message>
        <source>new reaction in %1 ms</source>
        <translation>neue Reaktion in %1 ms</translation>
    </message>
    <message>
        <source>from memory</source>
        <translation>aus dem Speicher</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>Vorn</translation>
    </message>
    <message>
        <source>Three-quarter</source>
        <translation>Dreiviertel</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>Curve of the reactions</source>
        <translation>Kurve der Reaktionen</translation>
    </message>
    <message>
        <source>Which of the 25 values the lane of reactions and the panes show</source>
        <translation>Welchen der 25 Werte die Reaktionsspur und die Felder zeigen</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Cross-modal alignment: how what is missing is imagined</source>
        <translation>Kreuzmodale Angleichung: wie Fehlendes vorgestellt wird</translation>
    </message>
    <message>
        <source>Open clip</source>
        <translation>Clip öffnen</translation>
    </message>
    <message>
        <source>Choose models</source>
        <translation>Modelle wählen</translation>
    </message>
    <message>
        <source>Show the real listener</source>
        <translation>Echten Zuhörer zeigen</translation>
    </message>
    <message>
        <source>Hide the real listener</source>
        <translation>Echten Zuhörer verbergen</translation>
    </message>
    <message>
        <source>Show sample %1</source>
        <translation>Probe %1 zeigen</translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>Change speech spans</source>
        <translation>Sprachlücken ändern</translation>
    </message>
    <message>
        <source>Change face spans</source>
        <translation>Gesichtslücken ändern</translation>
    </message>
    <message>
        <source>Change view</source>
        <translation>Ansicht ändern</translation>
    </message>
    <message>
        <source>Show another curve</source>
        <translation>Andere Kurve zeigen</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Draws per frame</source>
        <translation>Ziehungen je Bild</translation>
    </message>
    <message>
        <source>All faces turn together</source>
        <translation>Alle Gesichter drehen sich gemeinsam</translation>
    </message>
    <message>
        <source>sound muted</source>
        <translation>Ton stumm</translation>
    </message>
    <message>
        <source>no face in this clip</source>
        <translation>kein Gesicht in diesem Clip</translation>
    </message>
    <message>
        <source>This clip has no face: its speech must stay.</source>
        <translation>Dieser Clip hat kein Gesicht: seine Sprache muss bleiben.</translation>
    </message>
    <message>
        <source>This clip has no speech: its face must stay.</source>
        <translation>Dieser Clip hat keine Sprache: sein Gesicht muss bleiben.</translation>
    </message>
</context>
<context>
    <name>emc::Face3DShared</name>
    <message>
        <source>The 3D view cannot be opened</source>
        <translation>Die 3D-Ansicht lässt sich nicht öffnen</translation>
    </message>
</context>
<context>
    <name>emc::Face3DView</name>
    <message>
        <source>3D face</source>
        <translation>3D-Gesicht</translation>
    </message>
    <message>
        <source>No 3D view: %1</source>
        <translation>Keine 3D-Ansicht: %1</translation>
    </message>
</context>
<context>
    <name>emc::FaultText</name>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>emc::GroupForm</name>
    <message>
        <source>Several seeds and models</source>
        <translation>Mehrere Seeds und Modelle</translation>
    </message>
    <message>
        <source>Trains every ticked model with every seed into one folder, one run after another</source>
        <translation>Trainiert jedes gewählte Modell mit jedem Seed in einen Ordner, einen Lauf nach dem anderen</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Seeds</translation>
    </message>
    <message>
        <source>Seeds of the group</source>
        <translation>Seeds der Gruppe</translation>
    </message>
    <message>
        <source>Models of the group</source>
        <translation>Modelle der Gruppe</translation>
    </message>
    <message>
        <source>Seeds are whole numbers from 0, as in 1, 2, 3.</source>
        <translation>Seeds sind ganze Zahlen ab 0, etwa 1, 2, 3.</translation>
    </message>
    <message>
        <source>Name at least one seed.</source>
        <translation>Mindestens einen Seed nennen.</translation>
    </message>
    <message>
        <source>At most %1 seeds make a group.</source>
        <translation>Eine Gruppe hat höchstens %1 Seeds.</translation>
    </message>
    <message>
        <source>Tick at least one model.</source>
        <translation>Mindestens ein Modell anhaken.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s); model and seed of the options above do not count.</source>
        <translation>
            <numerusform>%n Lauf; Modell und Seed der Optionen oben zählen nicht.</numerusform>
            <numerusform>%n Läufe; Modell und Seed der Optionen oben zählen nicht.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::HeatMapView</name>
    <message>
        <source>Attention map</source>
        <translation>Aufmerksamkeitskarte</translation>
    </message>
    <message>
        <source>q %1&#x2009;s → k %2&#x2009;s</source>
        <translation>q %1 s → k %2 s</translation>
    </message>
    <message>
        <source>Colours follow the weight to the power of %1, so that small weights can be told apart.</source>
        <translation>Die Farben folgen dem Gewicht hoch %1, damit sich kleine Gewichte unterscheiden.</translation>
    </message>
</context>
<context>
    <name>emc::JobsButton</name>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>no jobs</source>
        <translation>keine Aufträge</translation>
    </message>
    <message>
        <source>Jobs, %1</source>
        <translation>Aufträge, %1</translation>
    </message>
</context>
<context>
    <name>emc::JobsPopup</name>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>Nichts läuft.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Finish and keep</source>
        <translation>Beenden, behalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
</context>
<context>
    <name>emc::KeysDialog</name>
    <message>
        <source>Assign</source>
        <translation>Zuweisen</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>All to default</source>
        <translation>Alle auf Standard</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>Befehl oder Taste suchen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Changed by you</source>
        <translation>Von Ihnen geändert</translation>
    </message>
    <message>
        <source>Choose a command</source>
        <translation>Befehl wählen</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>%1 already belongs to “%2”, which would have no such key any more.</source>
        <translation>%1 gehört schon zu „%2“, das diese Taste dann verlöre.</translation>
    </message>
    <message>
        <source>Click into the field and press the new keys. Single letters do not fire while a text field has the focus.</source>
        <translation>Ins Feld klicken und die neuen Tasten drücken. Einzelne Buchstaben wirken nicht, solange ein Textfeld den Fokus hat.</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 ist frei.</translation>
    </message>
</context>
<context>
    <name>emc::LeftDock</name>
    <message>
        <source>Add videos, clips or folders</source>
        <translation>Videos, Clips oder Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Search clips</source>
        <translation>Clips suchen</translation>
    </message>
    <message>
        <source>Add a missing span at the playhead</source>
        <translation>Lücke an der Marke hinzufügen</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n gezeigt</numerusform>
            <numerusform>%n gezeigt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 – %2 s</source>
        <translation>%1 – %2 s</translation>
    </message>
    <message>
        <source>Missing span, %1, %2</source>
        <translation>Lücke, %1, %2</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Remove this span</source>
        <translation>Diese Lücke entfernen</translation>
    </message>
    <message numerus="yes">
        <source>%n missing span(s)</source>
        <translation>
            <numerusform>%n Lücke</numerusform>
            <numerusform>%n Lücken</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing missing</source>
        <translation>nichts fehlt</translation>
    </message>
    <message>
        <source>without face</source>
        <translation>ohne Gesicht</translation>
    </message>
    <message>
        <source>without speech</source>
        <translation>ohne Sprache</translation>
    </message>
</context>
<context>
    <name>emc::ListenerPane</name>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>Reaction is being computed</source>
        <translation>Reaktion wird berechnet</translation>
    </message>
</context>
<context>
    <name>emc::MainWindow</name>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>There is no demo clip on this machine. Run the set-up again or open a video.</source>
        <translation>Auf diesem Rechner gibt es keinen Demo-Clip. Die Einrichtung erneut ausführen oder ein Video öffnen.</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>%1 lässt sich nicht öffnen: %2</translation>
    </message>
    <message>
        <source>The program ended unexpectedly. The session of %1 was kept.</source>
        <translation>Das Programm endete unerwartet. Die Sitzung vom %1 ist erhalten.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Neue Sitzung</translation>
    </message>
    <message>
        <source>Not saved yet, kept for recovery</source>
        <translation>Noch nicht gespeichert, für Notfälle gesichert</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>%1 geändert</translation>
    </message>
    <message>
        <source>Frame %1 of %2</source>
        <translation>Bild %1 von %2</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 B/s</translation>
    </message>
    <message>
        <source>synthetic demo data</source>
        <translation>synthetische Demodaten</translation>
    </message>
    <message>
        <source>Sound %1</source>
        <translation>Ton %1</translation>
    </message>
    <message>
        <source>Save the session?</source>
        <translation>Sitzung speichern?</translation>
    </message>
    <message>
        <source>The session has changes that are not saved.</source>
        <translation>Die Sitzung hat ungespeicherte Änderungen.</translation>
    </message>
    <message>
        <source>Stop the running jobs?</source>
        <translation>Laufende Aufträge anhalten?</translation>
    </message>
    <message>
        <source>Jobs are still running. Runs can be resumed later.</source>
        <translation>Es laufen noch Aufträge. Läufe lassen sich später fortsetzen.</translation>
    </message>
    <message numerus="yes">
        <source>Add %n clip(s)</source>
        <translation>
            <numerusform>%n Clip hinzufügen</numerusform>
            <numerusform>%n Clips hinzufügen</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped, neither video, clip, session nor checkpoint: %1</source>
        <translation>Übergangen, weder Video noch Clip, Sitzung oder Checkpoint: %1</translation>
    </message>
    <message>
        <source>%1 holds no clips and is no corpus in the REACT layout.</source>
        <translation>%1 enthält keine Clips und ist kein Korpus im Aufbau von REACT.</translation>
    </message>
    <message numerus="yes">
        <source>Added %n clip(s).</source>
        <translation>
            <numerusform>%n Clip hinzugefügt.</numerusform>
            <numerusform>%n Clips hinzugefügt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 einlesen</translation>
    </message>
    <message>
        <source>%1 is imported: face in %2 of %3 frames.</source>
        <translation>%1 ist eingelesen: Gesicht in %2 von %3 Bildern.</translation>
    </message>
    <message>
        <source>%1 cannot be imported: %2</source>
        <translation>%1 lässt sich nicht einlesen: %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>session.emcs</source>
        <translation>sitzung.emcs</translation>
    </message>
    <message>
        <source>Sessions (*.emcs)</source>
        <translation>Sitzungen (*.emcs)</translation>
    </message>
    <message>
        <source>Open session %1</source>
        <translation>Sitzung %1 öffnen</translation>
    </message>
    <message numerus="yes">
        <source>Import %n video(s)</source>
        <translation>
            <numerusform>%n Video einlesen</numerusform>
            <numerusform>%n Videos einlesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for clips in %n folder(s)</source>
        <translation>
            <numerusform>In %n Ordner nach Clips suchen</numerusform>
            <numerusform>In %n Ordnern nach Clips suchen</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped: %1</source>
        <translation>Übergangen: %1</translation>
    </message>
    <message>
        <source>Nothing here can be opened</source>
        <translation>Nichts davon lässt sich öffnen</translation>
    </message>
    <message>
        <source>Panes</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>Demo öffnen</translation>
    </message>
    <message>
        <source>Recent sessions</source>
        <translation>Letzte Sitzungen</translation>
    </message>
    <message>
        <source>Save session as…</source>
        <translation>Sitzung speichern als …</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Find a clip</source>
        <translation>Clip finden</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern …</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Reset view</source>
        <translation>Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>One camera for all faces</source>
        <translation>Eine Kamera für alle Gesichter</translation>
    </message>
    <message>
        <source>Real listener</source>
        <translation>Echter Zuhörer</translation>
    </message>
    <message>
        <source>Zoom into the timeline</source>
        <translation>Zeitachse vergrößern</translation>
    </message>
    <message>
        <source>Zoom out of the timeline</source>
        <translation>Zeitachse verkleinern</translation>
    </message>
    <message>
        <source>Follow the playhead</source>
        <translation>Der Abspielmarke folgen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Emotion attention</source>
        <translation>Emotionsaufmerksamkeit</translation>
    </message>
    <message>
        <source>Compensation (EMC)</source>
        <translation>Ausgleich (EMC)</translation>
    </message>
    <message>
        <source>Sample before</source>
        <translation>Vorige Probe</translation>
    </message>
    <message>
        <source>Sample after</source>
        <translation>Nächste Probe</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>Neu ziehen</translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation>Startwert sperren</translation>
    </message>
    <message>
        <source>Only pane %1</source>
        <translation>Nur Feld %1</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Read the runs again</source>
        <translation>Läufe neu lesen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>10 frames back</source>
        <translation>10 Bilder zurück</translation>
    </message>
    <message>
        <source>10 frames on</source>
        <translation>10 Bilder weiter</translation>
    </message>
    <message>
        <source>1 second back</source>
        <translation>1 Sekunde zurück</translation>
    </message>
    <message>
        <source>1 second on</source>
        <translation>1 Sekunde weiter</translation>
    </message>
    <message>
        <source>10 seconds back</source>
        <translation>10 Sekunden zurück</translation>
    </message>
    <message>
        <source>10 seconds on</source>
        <translation>10 Sekunden weiter</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Play backwards, again for faster</source>
        <translation>Rückwärts, nochmals für schneller</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Halt</translation>
    </message>
    <message>
        <source>Play forwards, again for faster</source>
        <translation>Vorwärts, nochmals für schneller</translation>
    </message>
    <message>
        <source>Loop from here</source>
        <translation>Schleife ab hier</translation>
    </message>
    <message>
        <source>Loop to here</source>
        <translation>Schleife bis hier</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Missing span at the playhead</source>
        <translation>Lücke an der Abspielmarke</translation>
    </message>
    <message>
        <source>Remove the selected span</source>
        <translation>Gewählte Lücke entfernen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Show a clip of the study</source>
        <translation>Clip der Studie zeigen</translation>
    </message>
    <message>
        <source>Explore shows %1 with other weights than the program&apos;s: %2.</source>
        <translation>Erkunden zeigt %1 mit anderen Gewichten als denen des Programms: %2.</translation>
    </message>
    <message>
        <source>Use the program&apos;s weights</source>
        <translation>Gewichte des Programms nehmen</translation>
    </message>
    <message>
        <source>Session of %1</source>
        <translation>Sitzung aus %1</translation>
    </message>
    <message>
        <source>The session of %1 is restored; Undo brings the other one back.</source>
        <translation>Die Sitzung aus %1 ist wiederhergestellt; Rückgängig holt die andere zurück.</translation>
    </message>
    <message>
        <source>The study of %1 is set up again.</source>
        <translation>Die Studie aus %1 ist wieder eingerichtet.</translation>
    </message>
    <message>
        <source>Restore the session of %1</source>
        <translation>Sitzung aus %1 wiederherstellen</translation>
    </message>
    <message>
        <source>Videos, sessions, figures and checkpoints (*.emcs *.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.svg *.png *.pth *.pt *.ckpt *.safetensors);;All files (*)</source>
        <translation>Videos, Sitzungen, Abbildungen und Checkpoints (*.emcs *.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.svg *.png *.pth *.pt *.ckpt *.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message numerus="yes">
        <source>Importing %n video(s): face and sound are being measured.</source>
        <translation>
            <numerusform>%n Video wird importiert: Gesicht und Ton werden vermessen.</numerusform>
            <numerusform>%n Videos werden importiert: Gesicht und Ton werden vermessen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show jobs</source>
        <translation>Aufträge zeigen</translation>
    </message>
    <message>
        <source>Open checkpoint…</source>
        <translation>Checkpoint öffnen…</translation>
    </message>
    <message>
        <source>Open checkpoint</source>
        <translation>Checkpoint öffnen</translation>
    </message>
    <message>
        <source>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)</source>
        <translation>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Show a checkpoint</source>
        <translation>Checkpoint zeigen</translation>
    </message>
</context>
<context>
    <name>emc::ModelsModel</name>
    <message>
        <source>Real listener</source>
        <translation>Echter Zuhörer</translation>
    </message>
    <message>
        <source>No weights were found for this model. Train it or open a checkpoint.</source>
        <translation>Für dieses Modell gibt es keine Gewichte. Trainieren oder einen Stand öffnen.</translation>
    </message>
    <message>
        <source>%1, slot %2</source>
        <translation>%1, Platz %2</translation>
    </message>
    <message>
        <source>no weights</source>
        <translation>keine Gewichte</translation>
    </message>
</context>
<context>
    <name>emc::OcclusionTab</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>clip </source>
        <translation>Clip </translation>
    </message>
    <message>
        <source>Which of the clips</source>
        <translation>Welcher der Clips</translation>
    </message>
    <message>
        <source>face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>What goes missing</source>
        <translation>Was fehlen soll</translation>
    </message>
    <message>
        <source>window </source>
        <translation>Fenster </translation>
    </message>
    <message>
        <source> frames</source>
        <translation> Bilder</translation>
    </message>
    <message>
        <source>Length of the missing window</source>
        <translation>Länge des fehlenden Fensters</translation>
    </message>
    <message>
        <source>step </source>
        <translation>Schritt </translation>
    </message>
    <message>
        <source>Step of the window</source>
        <translation>Schritt des Fensters</translation>
    </message>
    <message>
        <source>Slide the window</source>
        <translation>Fenster schieben</translation>
    </message>
    <message>
        <source>middle of the missing window</source>
        <translation>Mitte des fehlenden Fensters</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>change, RMS</source>
        <translation>Änderung, RMS</translation>
    </message>
    <message>
        <source>What the reaction owes to each moment</source>
        <translation>Was die Reaktion jedem Augenblick verdankt</translation>
    </message>
    <message>
        <source>By kind of attribute</source>
        <translation>Nach Art der Merkmale</translation>
    </message>
    <message>
        <source>No attribution yet. A missing window slides over one clip; where the reaction changes most, the model has listened.</source>
        <translation>Noch keine Zuordnung. Ein fehlendes Fenster gleitet über einen Clip; wo sich die Reaktion am meisten ändert, hat das Modell zugehört.</translation>
    </message>
    <message>
        <source>whole reaction</source>
        <translation>ganze Reaktion</translation>
    </message>
    <message>
        <source>within the window</source>
        <translation>im Fenster</translation>
    </message>
    <message>
        <source>action units</source>
        <translation>Action Units</translation>
    </message>
    <message>
        <source>valence and arousal</source>
        <translation>Valenz und Erregung</translation>
    </message>
    <message>
        <source>expressions</source>
        <translation>Ausdrücke</translation>
    </message>
    <message>
        <source>%1, clip %2: the reaction changes most without the %3 of %4 to %5 s. %6 reactions with the same draws, seed %7.</source>
        <translation>%1, Clip %2: Am meisten ändert sich die Reaktion, wenn %3 von %4 bis %5 s fehlt. %6 Reaktionen mit denselben Ziehungen, Seed %7.</translation>
    </message>
</context>
<context>
    <name>emc::OptionsForm</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>%1 oder mehr</translation>
    </message>
    <message>
        <source>%1 or less</source>
        <translation>%1 oder weniger</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>Vorgabe %1</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>Zurück auf %1</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>%1 options, %2 changed</source>
        <translation>%1 Optionen, %2 geändert</translation>
    </message>
    <message>
        <source>%1 options</source>
        <translation>%1 Optionen</translation>
    </message>
    <message>
        <source>There are no options.</source>
        <translation>Es gibt keine Optionen.</translation>
    </message>
    <message>
        <source>No option fits “%1”.</source>
        <translation>Keine Option passt zu „%1“.</translation>
    </message>
    <message>
        <source>Find an option</source>
        <translation>Option finden</translation>
    </message>
</context>
<context>
    <name>emc::OptionHelp</name>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Choose a row to read what it does.</source>
        <translation>Eine Zeile wählen, um zu lesen, was sie bewirkt.</translation>
    </message>
</context>
<context>
    <name>emc::QueueModel</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Doing</source>
        <translation>Tut gerade</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>Schließt ab</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Bricht ab</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
</context>
<context>
    <name>emc::Rail</name>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Show the left panel</source>
        <translation>Linke Leiste zeigen</translation>
    </message>
</context>
<context>
    <name>emc::ReactionController</name>
    <message>
        <source>There is no model named %1.</source>
        <translation>Es gibt kein Modell namens %1.</translation>
    </message>
    <message>
        <source>This model has no form for these switches.</source>
        <translation>Für diese Schalter hat das Modell keine Form.</translation>
    </message>
    <message>
        <source>No weights found for %1. Train it or import a checkpoint.</source>
        <translation>Keine Gewichte für %1. Trainieren oder einen Stand einlesen.</translation>
    </message>
</context>
<context>
    <name>emc::RelinkDialog</name>
    <message>
        <source>Look in a folder…</source>
        <translation>In einem Ordner suchen …</translation>
    </message>
    <message>
        <source>Choose for this clip…</source>
        <translation>Für diesen Clip wählen …</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Clips have moved</source>
        <translation>Clips sind umgezogen</translation>
    </message>
    <message>
        <source>Show a folder: clips are found there by their place, their content and their name.</source>
        <translation>Einen Ordner zeigen: Clips werden dort an Ort, Inhalt und Namen erkannt.</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Was in</source>
        <translation>War in</translation>
    </message>
    <message>
        <source>Is now in</source>
        <translation>Ist jetzt in</translation>
    </message>
    <message>
        <source>Missing clips</source>
        <translation>Fehlende Clips</translation>
    </message>
    <message>
        <source>Look in a folder</source>
        <translation>In einem Ordner suchen</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) found in %1.</source>
        <translation>
            <numerusform>%n Clip in %1 gefunden.</numerusform>
            <numerusform>%n Clips in %1 gefunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found in %1.</source>
        <translation>In %1 wurde nichts gefunden.</translation>
    </message>
    <message>
        <source>Folder of %1</source>
        <translation>Ordner von %1</translation>
    </message>
    <message>
        <source>%1 is no clip.</source>
        <translation>%1 ist kein Clip.</translation>
    </message>
    <message>
        <source>not found yet</source>
        <translation>noch nicht gefunden</translation>
    </message>
    <message>
        <source>%1 (other content)</source>
        <translation>%1 (anderer Inhalt)</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) are not where the session left them.</source>
        <translation>
            <numerusform>%n Clip ist nicht mehr, wo die Sitzung ihn ließ.</numerusform>
            <numerusform>%n Clips sind nicht mehr, wo die Sitzung sie ließ.</numerusform>
        </translation>
    </message>
    <message>
        <source>All clips are found.</source>
        <translation>Alle Clips sind gefunden.</translation>
    </message>
    <message>
        <source>Open without them</source>
        <translation>Ohne sie öffnen</translation>
    </message>
</context>
<context>
    <name>emc::RobustnessTab</name>
    <message>
        <source>Score</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>face and speech</source>
        <translation>Gesicht und Sprache</translation>
    </message>
    <message>
        <source>face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>What goes missing</source>
        <translation>Was fehlen soll</translation>
    </message>
    <message>
        <source> frames</source>
        <translation> Bilder</translation>
    </message>
    <message>
        <source>Mean length of a gap</source>
        <translation>Mittlere Länge einer Lücke</translation>
    </message>
    <message>
        <source>Places of the gaps drawn how often</source>
        <translation>Wie oft die Stellen der Lücken gezogen werden</translation>
    </message>
    <message>
        <source>gap length too</source>
        <translation>auch Lückenlänge</translation>
    </message>
    <message>
        <source>failures too</source>
        <translation>auch Störungen</translation>
    </message>
    <message>
        <source>Noise, blur, freezes, late sound and other presets of the failure simulator</source>
        <translation>Rauschen, Unschärfe, Standbilder, später Ton und andere Vorgaben des Störungssimulators</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>No curve yet. Tick models on the left and measure how their score falls when more and more of the face or the speech is missing.</source>
        <translation>Noch keine Kurve. Wählen Sie links Modelle und messen Sie, wie ihre Größe fällt, wenn immer mehr von Gesicht oder Sprache fehlt.</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Missing share of the face</source>
        <translation>Fehlender Anteil des Gesichts</translation>
    </message>
    <message>
        <source>Missing share of the speech</source>
        <translation>Fehlender Anteil der Sprache</translation>
    </message>
    <message>
        <source>Gap length, %1 % of the face missing</source>
        <translation>Lückenlänge, %1 % des Gesichts fehlen</translation>
    </message>
    <message>
        <source>Gap length, %1 % of the speech missing</source>
        <translation>Lückenlänge, %1 % der Sprache fehlen</translation>
    </message>
    <message>
        <source>mean length of a gap</source>
        <translation>mittlere Länge einer Lücke</translation>
    </message>
    <message>
        <source>Failures of the recording</source>
        <translation>Störungen der Aufnahme</translation>
    </message>
    <message>
        <source>failure (names below)</source>
        <translation>Störung (Namen unten)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n clip(s), %2 reactions each, %3 variant; the same gaps for every model.</source>
        <translation>
            <numerusform>%1, %n Clip, je %2 Reaktionen, %3; dieselben Lücken für jedes Modell.</numerusform>
            <numerusform>%1, %n Clips, je %2 Reaktionen, %3; dieselben Lücken für jedes Modell.</numerusform>
        </translation>
    </message>
    <message>
        <source> (synthetic)</source>
        <translation> (künstlich)</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>bereinigt</translation>
    </message>
    <message>
        <source>official</source>
        <translation>offiziell</translation>
    </message>
    <message>
        <source>One network, one draw: no band.</source>
        <translation>Ein Netz, eine Ziehung: kein Band.</translation>
    </message>
    <message>
        <source>Bands: one standard deviation over %1.</source>
        <translation>Bänder: eine Standardabweichung über %1.</translation>
    </message>
    <message>
        <source>%1 (nothing missing)</source>
        <translation>%1 (nichts fehlt)</translation>
    </message>
    <message>
        <source>missing frames</source>
        <translation>fehlende Bilder</translation>
    </message>
</context>
<context>
    <name>emc::ResultTab</name>
    <message>
        <source>Measuring. The result appears here when it is complete.</source>
        <translation>Messung läuft. Das Ergebnis erscheint hier, sobald es vollständig ist.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
</context>
<context>
    <name>emc::RunsModel</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>emc::SessionDocument</name>
    <message>
        <source>Untitled session</source>
        <translation>Unbenannte Sitzung</translation>
    </message>
    <message>
        <source>Recover session</source>
        <translation>Sitzung wiederherstellen</translation>
    </message>
</context>
<context>
    <name>emc::SpeakerPane</name>
    <message>
        <source>Speaker</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>No clip open</source>
        <translation>Kein Clip offen</translation>
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
            <numerusform>%n Thread</numerusform>
            <numerusform>%n Threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::StudyForm</name>
    <message>
        <source>Corpus and part</source>
        <translation>Korpus und Teil</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>Korpus</translation>
    </message>
    <message>
        <source>none chosen</source>
        <translation>keiner gewählt</translation>
    </message>
    <message>
        <source>Part of the corpus</source>
        <translation>Teil des Korpus</translation>
    </message>
    <message>
        <source>Choose a corpus</source>
        <translation>Korpus wählen</translation>
    </message>
    <message>
        <source>study folder: the program&apos;s own</source>
        <translation>Studienordner: der eigene</translation>
    </message>
    <message>
        <source>Study folder</source>
        <translation>Studienordner</translation>
    </message>
    <message>
        <source>Keeps reactions and scores, so that a stopped study goes on and nothing is computed twice</source>
        <translation>Bewahrt Reaktionen und Bewertungen, damit eine angehaltene Studie weitergeht und nichts zweimal gerechnet wird</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models and their training runs</source>
        <translation>Modelle und ihre Trainingsläufe</translation>
    </message>
    <message>
        <source>Ticked runs of one name are training seeds.</source>
        <translation>Gewählte Läufe eines Namens sind Trainings-Seeds.</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Without face</source>
        <translation>Ohne Gesicht</translation>
    </message>
    <message>
        <source>Without speech</source>
        <translation>Ohne Sprache</translation>
    </message>
    <message>
        <source>What stands in for it</source>
        <translation>Was an die Stelle tritt</translation>
    </message>
    <message>
        <source>EMC imagines the missing modality</source>
        <translation>EMC stellt sich die fehlende Modalität vor</translation>
    </message>
    <message>
        <source>Zeros: the only substitute that a host without EMC knows</source>
        <translation>Nullen: der einzige Ersatz, den ein Modell ohne EMC kennt</translation>
    </message>
    <message>
        <source>The mean over the training data</source>
        <translation>Das Mittel über die Trainingsdaten</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>official</source>
        <translation>offiziell</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>bereinigt</translation>
    </message>
    <message>
        <source>Official metrics, as published</source>
        <translation>Offizielle Größen, wie veröffentlicht</translation>
    </message>
    <message>
        <source>Fixed metrics, in double precision</source>
        <translation>Bereinigte Größen, in doppelter Genauigkeit</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>Fassung</translation>
    </message>
    <message>
        <source>Official: what the published code prints, its quirks included. Fixed: the number one would defend; published values do not belong beside it.</source>
        <translation>Offiziell: was der veröffentlichte Code ausgibt, mit seinen Eigenheiten. Bereinigt: die Zahl, die man verteidigen würde; veröffentlichte Werte gehören nicht daneben.</translation>
    </message>
    <message>
        <source>Reactions per clip</source>
        <translation>Reaktionen je Clip</translation>
    </message>
    <message>
        <source>Sampling seeds</source>
        <translation>Zieh-Seeds</translation>
    </message>
    <message>
        <source>First seed of the draws</source>
        <translation>Erster Seed der Ziehungen</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Frames of each clip</source>
        <translation>Bilder jedes Clips</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Speakers, evenly spread over the part</source>
        <translation>Sprecher, gleichmäßig über den Teil verteilt</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>First frames of each clip</source>
        <translation>Die ersten Bilder jedes Clips</translation>
    </message>
    <message>
        <source>First seed</source>
        <translation>Erster Seed</translation>
    </message>
    <message>
        <source>Of the draws; the same for every model</source>
        <translation>Der Ziehungen; derselbe für jedes Modell</translation>
    </message>
    <message>
        <source>Repeats the draws of the same networks; a spread over them is marked (s) and says nothing about other trainings</source>
        <translation>Wiederholt die Ziehungen derselben Netze; eine Streuung darüber ist mit (s) bezeichnet und sagt nichts über andere Trainings</translation>
    </message>
    <message>
        <source>Columns and rows</source>
        <translation>Spalten und Zeilen</translation>
    </message>
    <message>
        <source>Change against original</source>
        <translation>Änderung zum Original</translation>
    </message>
    <message>
        <source>With p after Holm&apos;s correction</source>
        <translation>Mit p nach Holms Korrektur</translation>
    </message>
    <message>
        <source>± sd over seeds</source>
        <translation>± Streuung über Seeds</translation>
    </message>
    <message>
        <source>Over training seeds; (s): over draws of one network</source>
        <translation>Über Trainings-Seeds; (s): über Ziehungen eines Netzes</translation>
    </message>
    <message>
        <source>Published values</source>
        <translation>Veröffentlichte Werte</translation>
    </message>
    <message>
        <source>From the EMC paper: other data, not results of ours; official variant only</source>
        <translation>Aus dem EMC-Artikel: andere Daten, keine eigenen Ergebnisse; nur zur offiziellen Fassung</translation>
    </message>
    <message>
        <source>They show what was published</source>
        <translation>Sie zeigen, was veröffentlicht wurde</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Choose a corpus first.</source>
        <translation>Wählen Sie zuerst einen Korpus.</translation>
    </message>
    <message>
        <source>The corpus %1 is not there any more.</source>
        <translation>Der Korpus %1 ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Tick at least one model.</source>
        <translation>Wählen Sie wenigstens ein Modell.</translation>
    </message>
    <message>
        <source>Tick at least one condition.</source>
        <translation>Wählen Sie wenigstens eine Bedingung.</translation>
    </message>
    <message>
        <source>Tick what stands in for a missing modality.</source>
        <translation>Wählen Sie, was an die Stelle einer fehlenden Modalität tritt.</translation>
    </message>
    <message>
        <source>Paper rows without a model</source>
        <translation>Zeilen ohne eigenes Modell</translation>
    </message>
    <message>
        <source>The window is too narrow for this column; the tooltip of a number names it</source>
        <translation>Für diese Spalte ist das Fenster zu schmal; der Hinweis einer Zahl nennt den Wert</translation>
    </message>
    <message>
        <source>Tick a group</source>
        <translation>Gruppe anhaken</translation>
    </message>
    <message>
        <source>Ticks all runs of a group that was trained as one, instead of others</source>
        <translation>Hakt alle Läufe einer Gruppe an, die als eine trainiert wurde, statt anderer</translation>
    </message>
</context>
<context>
    <name>emc::StudyModelsModel</name>
    <message>
        <source>weights of the program</source>
        <translation>Gewichte des Programms</translation>
    </message>
    <message>
        <source>No weights were found for this model. Train it first.</source>
        <translation>Für dieses Modell gibt es keine Gewichte. Trainieren Sie es zuerst.</translation>
    </message>
</context>
<context>
    <name>emc::StudyTableModel</name>
    <message>
        <source>Ground truth</source>
        <translation>Echter Zuhörer</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>nicht gewählt</translation>
    </message>
    <message numerus="yes">
        <source>%n training seed(s)</source>
        <translation>
            <numerusform>%n Trainings-Seed</numerusform>
            <numerusform>%n Trainings-Seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draw(s)</source>
        <translation>
            <numerusform>%n Ziehung</numerusform>
            <numerusform>%n Ziehungen</numerusform>
        </translation>
    </message>
    <message>
        <source>No model of this kind was chosen; the row shows what was published.</source>
        <translation>Kein solches Modell ist gewählt; die Zeile zeigt, was veröffentlicht wurde.</translation>
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
        <translation>Veröffentlicht im EMC-Artikel, Tabelle 1 (REACT 2024, offline): andere Daten, keine eigenen Ergebnisse</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>publ.</source>
        <translation>veröff.</translation>
    </message>
</context>
<context>
    <name>emc::StudyTableView</name>
    <message>
        <source>Table of the study</source>
        <translation>Tabelle der Studie</translation>
    </message>
</context>
<context>
    <name>emc::SubstituteView</name>
    <message>
        <source>Substitute against truth, heat maps</source>
        <translation>Ersatz gegen Wahrheit, Farbkarten</translation>
    </message>
    <message>
        <source>true</source>
        <translation>wahr</translation>
    </message>
    <message>
        <source>draw %1</source>
        <translation>Ziehung %1</translation>
    </message>
    <message>
        <source>time, s</source>
        <translation>Zeit, s</translation>
    </message>
</context>
<context>
    <name>emc::TimelineView</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>Emotion</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Reaction %1</source>
        <translation>Reaktion %1</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>kein Ton</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>kein Gesicht</translation>
    </message>
    <message>
        <source>confidence 0–1</source>
        <translation>Sicherheit 0–1</translation>
    </message>
    <message>
        <source>no reaction yet</source>
        <translation>noch keine Reaktion</translation>
    </message>
    <message>
        <source>no curve chosen</source>
        <translation>keine Kurve gewählt</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>missing %1</source>
        <translation>fehlt %1</translation>
    </message>
    <message>
        <source>speech missing</source>
        <translation>Sprache fehlt</translation>
    </message>
    <message>
        <source>face missing</source>
        <translation>Gesicht fehlt</translation>
    </message>
    <message>
        <source>imagined by CMA</source>
        <translation>von CMA vorgestellt</translation>
    </message>
    <message>
        <source>imagined</source>
        <translation>vorgestellt</translation>
    </message>
    <message>
        <source>%1%2 frames</source>
        <translation>%1%2 Bilder</translation>
    </message>
    <message>
        <source>Time, mm:ss</source>
        <translation>Zeit, mm:ss</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>model %1, %2</source>
        <translation>M %1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>sample %1</source>
        <translation>Probe %1</translation>
    </message>
    <message>
        <source>mean of %1</source>
        <translation>Mittel (%1)</translation>
    </message>
    <message>
        <source>real listener</source>
        <translation>echter Zuhörer</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Missing span, %1, %2 to %3 seconds</source>
        <translation>Lücke, %1, %2 bis %3 Sekunden</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
</context>
<context>
    <name>emc::TopBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Switch theme</source>
        <translation>Farbschema wechseln</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
    <message>
        <source>Switch to the light theme</source>
        <translation>Zum hellen Farbschema</translation>
    </message>
    <message>
        <source>Switch to the dark theme</source>
        <translation>Zum dunklen Farbschema</translation>
    </message>
</context>
<context>
    <name>emc::TrainCurves</name>
    <message>
        <source>CMA, face</source>
        <translation>CMA, Gesicht</translation>
    </message>
    <message>
        <source>CMA, speech</source>
        <translation>CMA, Sprache</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>Fusion</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Linear scale</source>
        <translation>Lineare Skala</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>Logarithmische Skala</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Norm of the gradient</source>
        <translation>Norm des Gradienten</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Smoothing of the curves</source>
        <translation>Glättung der Kurven</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>What the third plot shows</source>
        <translation>Was die dritte Kurve zeigt</translation>
    </message>
    <message>
        <source>lin</source>
        <translation>lin</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>Mittel %1</translation>
    </message>
    <message>
        <source>mean sequence</source>
        <translation>Mittlere Folge</translation>
    </message>
    <message>
        <source>no values yet</source>
        <translation>noch keine Werte</translation>
    </message>
    <message>
        <source>per step</source>
        <translation>je Schritt</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
</context>
<context>
    <name>emc::TrainPage</name>
    <message>
        <source>Choose a corpus</source>
        <translation>Korpus wählen</translation>
    </message>
    <message>
        <source>Choose a folder for the run</source>
        <translation>Ordner für den Lauf wählen</translation>
    </message>
    <message>
        <source>a new one</source>
        <translation>ein neuer</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>All options back to their defaults</source>
        <translation>Alle Optionen auf ihre Vorgaben</translation>
    </message>
    <message>
        <source>Start run</source>
        <translation>Lauf starten</translation>
    </message>
    <message>
        <source>runs queue one after another</source>
        <translation>Läufe folgen nacheinander</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Finish and keep</source>
        <translation>Beenden, behalten</translation>
    </message>
    <message>
        <source>Ends after this step and keeps the checkpoint</source>
        <translation>Endet nach diesem Schritt und behält den Stand</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy error</source>
        <translation>Fehler kopieren</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>Beendete leeren</translation>
    </message>
    <message>
        <source>Queue of runs</source>
        <translation>Warteschlange der Läufe</translation>
    </message>
    <message>
        <source>No run is waiting. Set the options on the left and start one.</source>
        <translation>Kein Lauf wartet. Links die Optionen setzen und einen starten.</translation>
    </message>
    <message>
        <source>Run library</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>Läufe suchen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Show the runs of another folder</source>
        <translation>Läufe eines anderen Ordners zeigen</translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation>Ordner der Läufe</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 schlug fehl: %2</translation>
    </message>
    <message>
        <source>%1 is finished.</source>
        <translation>%1 ist fertig.</translation>
    </message>
    <message>
        <source>The run cannot start: %1 %2</source>
        <translation>Der Lauf kann nicht starten: %1 %2</translation>
    </message>
    <message>
        <source>Show the option</source>
        <translation>Option zeigen</translation>
    </message>
    <message>
        <source>%1 running, %2 waiting, %3 ended</source>
        <translation>laufend: %1, wartend: %2, beendet: %3</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>Läufe lesen</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Start group</source>
        <translation>Gruppe starten</translation>
    </message>
    <message>
        <source>Continues an interrupted run, or the whole group it belongs to, exactly where it was</source>
        <translation>Setzt einen unterbrochenen Lauf oder die ganze Gruppe, zu der er gehört, genau dort fort, wo er war</translation>
    </message>
    <message>
        <source>Runs appear here as soon as one is started, in this window or in a terminal.</source>
        <translation>Läufe erscheinen hier, sobald einer beginnt, in diesem Fenster oder in einem Terminal.</translation>
    </message>
</context>
<context>
    <name>emc::TransportBar</name>
    <message>
        <source>Previous frame</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Displayed sample</source>
        <translation>Gezeigte Probe</translation>
    </message>
    <message>
        <source>Seed of the draws. Click to type another</source>
        <translation>Startwert der Ziehungen. Klick, um einen anderen einzugeben</translation>
    </message>
    <message>
        <source>Seed locked</source>
        <translation>Startwert gesperrt</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>Neu ziehen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Seed of the draws, a whole number:</source>
        <translation>Startwert der Ziehungen, eine ganze Zahl:</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Start %1</translation>
    </message>
    <message>
        <source>Sample %1 of %2</source>
        <translation>Probe %1 von %2</translation>
    </message>
    <message>
        <source>Loop the marked part</source>
        <translation>Markierten Teil wiederholen</translation>
    </message>
    <message>
        <source>available</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>The model sees the speaker&apos;s face</source>
        <translation>Das Modell sieht das Gesicht der sprechenden Person</translation>
    </message>
    <message>
        <source>The model hears the speaker</source>
        <translation>Das Modell hört die sprechende Person</translation>
    </message>
    <message>
        <source>Emotion attention</source>
        <translation>Emotionsaufmerksamkeit</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation>Ausgleich</translation>
    </message>
    <message>
        <source>Compensation: what is missing is imagined; off = the host model alone</source>
        <translation>Ausgleich: Fehlendes wird vorgestellt; aus = das Grundmodell allein</translation>
    </message>
    <message>
        <source>%1, %2, toggle</source>
        <translation>%1, %2, Schalter</translation>
    </message>
    <message>
        <source>%1, %2, toggle, shortcut %3</source>
        <translation>%1, %2, Schalter, Taste %3</translation>
    </message>
    <message>
        <source>Seed is locked: every toggle uses the same draws</source>
        <translation>Startwert gesperrt: jedes Schalten nutzt dieselben Ziehungen</translation>
    </message>
    <message>
        <source>Seed is open: every toggle draws anew</source>
        <translation>Startwert offen: jedes Schalten zieht neu</translation>
    </message>
</context>
</TS>
