<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>Channels</name>
    <message>
        <source>valence</source>
        <translation>valence</translation>
    </message>
    <message>
        <source>arousal</source>
        <translation>activation</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutre</translation>
    </message>
    <message>
        <source>happy</source>
        <translation>joie</translation>
    </message>
    <message>
        <source>sad</source>
        <translation>tristesse</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>surprise</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>peur</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>dégoût</translation>
    </message>
    <message>
        <source>anger</source>
        <translation>colère</translation>
    </message>
    <message>
        <source>contempt</source>
        <translation>mépris</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>H.264 and AAC</source>
        <translation>H.264 et AAC</translation>
    </message>
    <message>
        <source>3D heads</source>
        <translation>Têtes 3D</translation>
    </message>
    <message>
        <source>Face networks</source>
        <translation>Réseaux du visage</translation>
    </message>
    <message>
        <source>Video, sound, 3D</source>
        <translation>Vidéo, son, 3D</translation>
    </message>
    <message>
        <source>Demo clip</source>
        <translation>Clip de démo</translation>
    </message>
    <message>
        <source>Demo weights</source>
        <translation>Poids de démo</translation>
    </message>
    <message>
        <source>Official features</source>
        <translation>Descripteurs officiels</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disque</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>introuvable</translation>
    </message>
    <message>
        <source>not in this build</source>
        <translation>absent de cette version</translation>
    </message>
    <message>
        <source>Run ./studio setup</source>
        <translation>Exécuter ./studio setup</translation>
    </message>
    <message>
        <source>Install libegl1 and libgl1-mesa-dri</source>
        <translation>Installer libegl1 et libgl1-mesa-dri</translation>
    </message>
    <message>
        <source>Install ffmpeg&apos;s libraries with libx264</source>
        <translation>Installer les bibliothèques de ffmpeg avec libx264</translation>
    </message>
    <message>
        <source>Set EMC_RESOURCES to the resources folder of the source tree</source>
        <translation>Définir EMC_RESOURCES sur le dossier resources de l’arborescence des sources</translation>
    </message>
    <message>
        <source>Free at least 2 GB: runs and films need it</source>
        <translation>Libérer au moins 2 Go : les entraînements et les vidéos en ont besoin</translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>Concordance (CCC, mean of 25 dimensions) with the best appropriate listener, summed over the samples, mean over clips</source>
        <translation>Concordance (CCC, moyenne sur 25 dimensions) avec le meilleur auditeur approprié, sommée sur les échantillons, moyenne sur les clips</translation>
    </message>
    <message>
        <source>Dynamic time warping distance to the nearest appropriate listener, action units / 15 + valence-arousal + expressions / 8, summed over the samples, mean over clips</source>
        <translation>Distance par déformation temporelle dynamique (DTW) à l’auditeur approprié le plus proche, unités d’action / 15 + valence-activation + expressions / 8, sommée sur les échantillons, moyenne sur les clips</translation>
    </message>
    <message>
        <source>Mean squared difference between the samples of a clip (S-MSE), mean over clips</source>
        <translation>Écart quadratique moyen entre les échantillons d’un clip (S-MSE), moyenne sur les clips</translation>
    </message>
    <message>
        <source>Variance over time (divisor T - 1), mean over clips, samples and dimensions</source>
        <translation>Variance dans le temps (diviseur T - 1), moyenne sur les clips, les échantillons et les dimensions</translation>
    </message>
    <message>
        <source>Mean squared difference between the predictions for different clips, mean over the sample slots</source>
        <translation>Écart quadratique moyen entre les prédictions pour des clips différents, moyenne sur les rangs d’échantillon</translation>
    </message>
    <message>
        <source>Size of the lag, up to 49 frames, at which prediction and speaker correlate best (TLCC)</source>
        <translation>Décalage, en valeur absolue et jusqu’à 49 images, pour lequel la prédiction et le locuteur sont le mieux corrélés (TLCC)</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>Corpus</translation>
    </message>
    <message>
        <source>Folder of a corpus in the REACT layout.</source>
        <translation>Dossier d’un corpus organisé comme REACT.</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Extrait</translation>
    </message>
    <message>
        <source>Length of the pieces that are cut from the clips for training; 0 = what suits the model.</source>
        <translation>Longueur des extraits découpés dans les clips pour l’entraînement ; 0 = ce qui convient au modèle.</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>images</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>Frames that become one step of the network; 1 is the full 25 steps a second, 0 = what suits the model.</source>
        <translation>Nombre d’images qui forment un pas du réseau ; 1 conserve les 25 pas par seconde, 0 = ce qui convient au modèle.</translation>
    </message>
    <message>
        <source>Face size</source>
        <translation>Taille du visage</translation>
    </message>
    <message>
        <source>Side of the square face pictures that the frame encoder sees.</source>
        <translation>Côté des images carrées du visage que voit l’encodeur d’images.</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>pixels</translation>
    </message>
    <message>
        <source>Frame encoder</source>
        <translation>Encodeur d’images</translation>
    </message>
    <message>
        <source>Trained once for the corpus and then kept (frozen), or trained along with the model from the pictures (joint, slow).</source>
        <translation>Entraîné une fois pour le corpus puis figé (frozen), ou entraîné avec le modèle à partir des images (joint, lent).</translation>
    </message>
    <message>
        <source>Drop the face</source>
        <translation>Retirer le visage</translation>
    </message>
    <message>
        <source>Share of the training items that are shown without the face (modality dropout, for comparison with CMA).</source>
        <translation>Part des exemples d’entraînement présentés sans le visage (modality dropout, pour comparer avec CMA).</translation>
    </message>
    <message>
        <source>Drop the voice</source>
        <translation>Retirer la voix</translation>
    </message>
    <message>
        <source>Share of the training items that are shown without the voice (modality dropout, for comparison with CMA).</source>
        <translation>Part des exemples d’entraînement présentés sans la voix (modality dropout, pour comparer avec CMA).</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Which model is trained.</source>
        <translation>Le modèle à entraîner.</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>fixed learns in short runs; compat follows the published network to the letter.</source>
        <translation>fixed apprend en peu d’itérations ; compat suit à la lettre le réseau publié.</translation>
    </message>
    <message>
        <source>Substitute</source>
        <translation>Substitut</translation>
    </message>
    <message>
        <source>What stands in for a missing modality during training of an EMC model.</source>
        <translation>Ce qui remplace une modalité absente pendant l’entraînement d’un modèle EMC.</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perte</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>Émotion</translation>
    </message>
    <message>
        <source>Weight of the 25 emotion attributes in the reconstruction.</source>
        <translation>Poids des 25 attributs émotionnels dans la reconstruction.</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Expression</translation>
    </message>
    <message>
        <source>Weight of the 52 expression coefficients in the reconstruction.</source>
        <translation>Poids des 52 coefficients d’expression dans la reconstruction.</translation>
    </message>
    <message>
        <source>Pose</source>
        <translation>Pose</translation>
    </message>
    <message>
        <source>Weight of the 6 pose coefficients in the reconstruction.</source>
        <translation>Poids des 6 coefficients de pose dans la reconstruction.</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Weight that pulls the reaction&apos;s distribution towards the standard normal one; too small and all samples are alike.</source>
        <translation>Poids qui rapproche la distribution de la réaction de la loi normale centrée réduite ; trop faible, tous les échantillons se ressemblent.</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>Diversité</translation>
    </message>
    <message>
        <source>Weight of the term that pushes two samples of the same clip apart.</source>
        <translation>Poids du terme qui éloigne l’un de l’autre deux échantillons d’un même clip.</translation>
    </message>
    <message>
        <source>CMA</source>
        <translation>CMA</translation>
    </message>
    <message>
        <source>Weight of the loss of compensatory modality alignment.</source>
        <translation>Poids de la perte d’alignement compensatoire des modalités.</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>Fusion</translation>
    </message>
    <message>
        <source>Weight of the loss that draws the distributions with and without a modality together; 0 switches it off.</source>
        <translation>Poids de la perte qui rapproche les distributions avec et sans une modalité ; 0 la désactive.</translation>
    </message>
    <message>
        <source>Withhold emotion</source>
        <translation>Masquer l’émotion</translation>
    </message>
    <message>
        <source>Share of the training items whose emotion input is withheld, so that the model does not lean on it alone.</source>
        <translation>Part des exemples d’entraînement dont l’entrée émotionnelle est masquée, pour que le modèle ne s’appuie pas sur elle seule.</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Optimiseur</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taux d’apprentissage</translation>
    </message>
    <message>
        <source>Step size of AdamW after the warm-up.</source>
        <translation>Taille du pas d’AdamW après l’échauffement.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Décroissance des poids</translation>
    </message>
    <message>
        <source>Pull of the weights towards zero.</source>
        <translation>Rappel des poids vers zéro.</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>Écrêtage du gradient</translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0 switches clipping off.</source>
        <translation>Norme maximale du gradient ; 0 désactive l’écrêtage.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
    <message>
        <source>Number of pieces in one step; 0 = what suits the model.</source>
        <translation>Nombre d’extraits par itération ; 0 = ce qui convient au modèle.</translation>
    </message>
    <message>
        <source>clips</source>
        <translation>clips</translation>
    </message>
    <message>
        <source>Accumulate</source>
        <translation>Accumulation</translation>
    </message>
    <message>
        <source>Batches whose gradients are averaged into one step: a batch of clips x this many in the memory of one.</source>
        <translation>Lots dont les gradients sont moyennés en une seule itération : l’effet d’autant de lots de clips, avec la mémoire d’un seul.</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>lots</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Itérations</translation>
    </message>
    <message>
        <source>Number of training steps.</source>
        <translation>Nombre d’itérations d’entraînement.</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>itérations</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Échauffement</translation>
    </message>
    <message>
        <source>Steps during which the learning rate rises from zero.</source>
        <translation>Itérations pendant lesquelles le taux d’apprentissage monte à partir de zéro.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Profil du taux</translation>
    </message>
    <message>
        <source>How the learning rate goes on after the warm-up.</source>
        <translation>Évolution du taux d’apprentissage après l’échauffement.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Entraînement</translation>
    </message>
    <message>
        <source>Run folder</source>
        <translation>Dossier de sortie</translation>
    </message>
    <message>
        <source>Folder where the run is written; a run that is already there with the same options goes on.</source>
        <translation>Dossier où l’entraînement est écrit ; un entraînement qui s’y trouve déjà avec les mêmes options reprend.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>Number from which everything random is drawn; the same seed gives the same run.</source>
        <translation>Nombre dont découle tout tirage aléatoire ; la même graine donne le même entraînement.</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>Valider toutes les</translation>
    </message>
    <message>
        <source>Steps between two validations.</source>
        <translation>Itérations entre deux validations.</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Patience</translation>
    </message>
    <message>
        <source>Validations in a row without a better one after which the run ends by itself; 0 = it goes to its last step.</source>
        <translation>Nombre de validations de suite sans progrès après lequel l’entraînement s’arrête de lui-même ; 0 = il va jusqu’à la dernière itération.</translation>
    </message>
    <message>
        <source>validations</source>
        <translation>validations</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Checkpoint toutes les</translation>
    </message>
    <message>
        <source>Steps between two saved states from which the run can go on.</source>
        <translation>Itérations entre deux états enregistrés à partir desquels l’entraînement peut reprendre.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Processor threads; results are equal to the last bit only for the same number.</source>
        <translation>Threads du processeur ; les résultats ne sont identiques au bit près que pour le même nombre.</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>threads</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Matériel</translation>
    </message>
    <message>
        <source>Where the numbers are crunched; cuda needs an NVIDIA driver and the CUDA libraries that ./studio setup fetches where it finds one (`emc doctor` tells).</source>
        <translation>Où se font les calculs ; cuda demande un pilote NVIDIA et les bibliothèques CUDA, que ./studio setup récupère là où il en trouve un (`emc doctor` l’indique).</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>There is not enough memory for this</source>
        <translation>Mémoire insuffisante pour cette opération</translation>
    </message>
    <message>
        <source>Something went wrong that has no description</source>
        <translation>Une erreur sans description s’est produite</translation>
    </message>
    <message>
        <source>Missing spans</source>
        <translation>Segments manquants</translation>
    </message>
</context>
<context>
    <name>StudyBands</name>
    <message>
        <source>training seeds</source>
        <translation>les graines d’entraînement</translation>
    </message>
    <message>
        <source>damage seeds</source>
        <translation>les graines de dégradation</translation>
    </message>
    <message>
        <source>sampling seeds</source>
        <translation>les graines de tirage</translation>
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
        <translation>zéros</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>moyenne</translation>
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
        <translation>EMC, sans EA</translation>
    </message>
    <message>
        <source>EMC, w/o face</source>
        <translation>EMC, sans visage</translation>
    </message>
    <message>
        <source>EMC, w/o speech</source>
        <translation>EMC, sans parole</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>W/o face, %1</source>
        <translation>Sans visage, %1</translation>
    </message>
    <message>
        <source>W/o speech, %1</source>
        <translation>Sans parole, %1</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>Vérité terrain</translation>
    </message>
    <message>
        <source>%1: %2 equals that of %3.</source>
        <translation>%1 : %2 égale la valeur de %3.</translation>
    </message>
    <message>
        <source>%1: %2 is %3 higher than that of %4 (better)</source>
        <translation>%1 : %2 dépasse de %3 la valeur de %4 (mieux)</translation>
    </message>
    <message>
        <source>%1: %2 is %3 higher than that of %4 (worse)</source>
        <translation>%1 : %2 dépasse de %3 la valeur de %4 (moins bien)</translation>
    </message>
    <message>
        <source>%1: %2 is %3 lower than that of %4 (better)</source>
        <translation>%1 : %2 est de %3 au-dessous de la valeur de %4 (mieux)</translation>
    </message>
    <message>
        <source>%1: %2 is %3 lower than that of %4 (worse)</source>
        <translation>%1 : %2 est de %3 au-dessous de la valeur de %4 (moins bien)</translation>
    </message>
    <message>
        <source>%1; it has no values per clip to test.</source>
        <translation>%1 ; sans valeurs par clip à tester.</translation>
    </message>
    <message>
        <source>%1; better on %2 of %3 clips, p = %4 after Holm: </source>
        <translation>%1 ; mieux sur %2 des %3 clips, p = %4 après Holm : </translation>
    </message>
    <message>
        <source>more than chance explains on these clips.</source>
        <translation>plus que le hasard n’explique sur ces clips.</translation>
    </message>
    <message>
        <source>not told apart from chance on these clips.</source>
        <translation>ne se distingue pas du hasard sur ces clips.</translation>
    </message>
    <message>
        <source>No model of this kind was chosen.</source>
        <translation>Aucun modèle de ce type n’est choisi.</translation>
    </message>
    <message>
        <source>The metric has no value here.</source>
        <translation>La métrique n’a pas de valeur ici.</translation>
    </message>
    <message>
        <source>Value: %1</source>
        <translation>Valeur : %1</translation>
    </message>
    <message numerus="yes">
        <source> ± %1 over %n training seed(s)</source>
        <translation>
            <numerusform> ± %1 sur %n graine d’entraînement</numerusform>
            <numerusform> ± %1 sur %n graines d’entraînement</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> ± %1 over %n draw(s) of one network: says nothing about other trainings</source>
        <translation>
            <numerusform> ± %1 sur %n tirage d’un seul réseau : ne dit rien sur d’autres entraînements</numerusform>
            <numerusform> ± %1 sur %n tirages d’un seul réseau : ne dit rien sur d’autres entraînements</numerusform>
        </translation>
    </message>
    <message>
        <source>Change: %1, %2 % interval %3 to %4</source>
        <translation>Variation : %1, intervalle à %2 % [%3 ; %4]</translation>
    </message>
    <message>
        <source>p after Holm: %1 (paired permutation)</source>
        <translation>p après Holm : %1 (permutation appariée)</translation>
    </message>
    <message>
        <source>Effect: d_z %1, Cliff&apos;s δ %2</source>
        <translation>Effet : d_z %1, δ de Cliff %2</translation>
    </message>
    <message>
        <source>unbounded</source>
        <translation>non borné</translation>
    </message>
    <message>
        <source>Published: %1 (other data, not comparable)</source>
        <translation>Publié : %1 (autres données, non comparable)</translation>
    </message>
    <message>
        <source>Double click shows the clips.</source>
        <translation>Un double-clic affiche les clips.</translation>
    </message>
    <message>
        <source>± is the standard deviation over training seeds.</source>
        <translation>± est l’écart-type sur les graines d’entraînement.</translation>
    </message>
    <message>
        <source>± with (s) is the spread over draws of one network: it says nothing about other trainings.</source>
        <translation>± avec (s) est la dispersion sur les tirages d’un seul réseau : elle ne dit rien sur d’autres entraînements.</translation>
    </message>
    <message>
        <source>Changes are tested by paired permutation over the clips, with Holm&apos;s correction over the column; intervals: bootstrap over the clips (%1, %2 %). The tests are about these networks on other clips, not about other trainings.</source>
        <translation>Les variations sont testées par permutation appariée sur les clips, avec la correction de Holm sur la colonne ; intervalles : bootstrap sur les clips (%1, %2 %). Les tests portent sur ces réseaux avec d’autres clips, non sur d’autres entraînements.</translation>
    </message>
    <message>
        <source>FRSyn of %1 % of the clips is decided by an attribute that never changes, in every row.</source>
        <translation>Pour %1 % des clips, FRSyn est déterminé par un attribut qui ne change jamais, dans toutes les lignes.</translation>
    </message>
    <message>
        <source>FRSyn of %1 % of the clips is decided by an attribute that never changes, in %2.</source>
        <translation>Pour %1 % des clips, FRSyn est déterminé par un attribut qui ne change jamais, dans %2.</translation>
    </message>
    <message>
        <source>%1 of %2 reactions</source>
        <translation>%1 sur %2 réactions</translation>
    </message>
    <message>
        <source>to be scored</source>
        <translation>à évaluer</translation>
    </message>
</context>
<context>
    <name>emc::AttentionPanel</name>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>Exporter la figure</translation>
    </message>
    <message>
        <source>Attention of %1, %2, %3</source>
        <translation>Attention de %1, %2, %3</translation>
    </message>
    <message>
        <source>mean of heads</source>
        <translation>moyenne des têtes</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>tête %1</translation>
    </message>
    <message>
        <source>%1, %2, layer %3. %4, %5. %6 Query row at %7 s.</source>
        <translation>%1, %2, couche %3. %4, %5. %6 Ligne de requête à %7 s.</translation>
    </message>
    <message>
        <source>Signed difference, symmetric limits.</source>
        <translation>Différence signée, limites symétriques.</translation>
    </message>
    <message>
        <source>Colour follows the weight to the power of 0.62; H: entropy of each row.</source>
        <translation>La couleur suit le poids à la puissance 0,62 ; H : entropie de chaque ligne.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Module</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Part of the attention</source>
        <translation>Partie de l’attention</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Tête</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Δ model</source>
        <translation>Δ modèle</translation>
    </message>
    <message>
        <source>Δ switches</source>
        <translation>Δ bascules</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>The row of the frame under the playhead appears here.</source>
        <translation>La ligne de l’image sous la tête de lecture apparaît ici.</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>poids</translation>
    </message>
    <message>
        <source>Strongest keys</source>
        <translation>Clés les plus fortes</translation>
    </message>
    <message>
        <source>Follow playhead</source>
        <translation>Suivre la lecture</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>moy.</translation>
    </message>
    <message>
        <source>Needs a second model with the same attention.</source>
        <translation>Nécessite un second modèle avec la même attention.</translation>
    </message>
    <message>
        <source>Turn a switch: the attention before and after it is then compared.</source>
        <translation>Actionner une bascule : l’attention avant et après est alors comparée.</translation>
    </message>
    <message>
        <source>This attention has one layer.</source>
        <translation>Cette attention n’a qu’une couche.</translation>
    </message>
    <message>
        <source>query: %1 time, s</source>
        <translation>requête : %1, temps en s</translation>
    </message>
    <message>
        <source>key: %1 time, s</source>
        <translation>clé : %1, temps en s</translation>
    </message>
    <message>
        <source>No attention yet. Show a model with attention and let it react.</source>
        <translation>Pas encore d’attention. Afficher un modèle avec attention et le laisser réagir.</translation>
    </message>
    <message>
        <source>%1 has no attention to show.</source>
        <translation>%1 n’a pas d’attention à afficher.</translation>
    </message>
    <message>
        <source>This map is being fetched.</source>
        <translation>Cette carte est en cours de chargement.</translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>Rien à exporter pour l’instant.</translation>
    </message>
    <message>
        <source>Query row at %1</source>
        <translation>Ligne de requête à %1</translation>
    </message>
    <message>
        <source>difference %1</source>
        <translation>différence %1</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>poids %1</translation>
    </message>
    <message>
        <source>Attention, query %1 s</source>
        <translation>Attention, requête %1 s</translation>
    </message>
    <message>
        <source>Key time</source>
        <translation>Temps</translation>
    </message>
    <message>
        <source>Speaker at that moment</source>
        <translation>Locuteur à cet instant</translation>
    </message>
    <message>
        <source>Speaker then</source>
        <translation>Locuteur</translation>
    </message>
    <message>
        <source>U-EA · face</source>
        <translation>U-EA · visage</translation>
    </message>
    <message>
        <source>U-EA · speech</source>
        <translation>U-EA · parole</translation>
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
        <translation>visage</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>parole</translation>
    </message>
    <message>
        <source>emotion</source>
        <translation>émotion</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>locuteur</translation>
    </message>
    <message>
        <source>reaction</source>
        <translation>réaction</translation>
    </message>
</context>
<context>
    <name>emc::Bar</name>
    <message>
        <source>Show details</source>
        <translation>Afficher les détails</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Copier les détails</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>Fermer le message</translation>
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
        <translation>Durée</translation>
    </message>
</context>
<context>
    <name>emc::ClipsTab</name>
    <message>
        <source>Clips by value</source>
        <translation>Clips par valeur</translation>
    </message>
    <message>
        <source>Run of this row</source>
        <translation>Entraînement de cette ligne</translation>
    </message>
    <message>
        <source>Show in Explore</source>
        <translation>Afficher dans Explorer</translation>
    </message>
    <message>
        <source>Reactions of the clip</source>
        <translation>Réactions au clip</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s); bar: this row, line and dashes: %1; better on %2</source>
        <translation>
            <numerusform>%n clip ; barre : cette ligne, trait et tirets : %1 ; mieux pour %2</numerusform>
            <numerusform>%n clips ; barre : cette ligne, trait et tirets : %1 ; mieux pour %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s), best first</source>
        <translation>
            <numerusform>%n clip</numerusform>
            <numerusform>%n clips, le meilleur en tête</numerusform>
        </translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>Choose a clip</source>
        <translation>Choisir un clip</translation>
    </message>
    <message>
        <source>Its reactions appear here, one by one.</source>
        <translation>Ses réactions apparaissent ici, une à une.</translation>
    </message>
    <message>
        <source>This clip cannot be taken apart</source>
        <translation>Impossible de détailler ce clip</translation>
    </message>
    <message>
        <source>Run %1 of %2</source>
        <translation>Entraînement %1 sur %2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 from %n reaction(s)</source>
        <translation>
            <numerusform>%1 : %2 d’après %n réaction</numerusform>
            <numerusform>%1 : %2 d’après %n réactions</numerusform>
        </translation>
    </message>
    <message>
        <source>draws of seed %1</source>
        <translation>tirages de la graine %1</translation>
    </message>
    <message>
        <source>Reaction %1</source>
        <translation>Réaction %1</translation>
    </message>
    <message>
        <source>own listener</source>
        <translation>auditeur du clip</translation>
    </message>
    <message>
        <source>Reaction</source>
        <translation>Réaction</translation>
    </message>
    <message>
        <source>Most alike listener</source>
        <translation>Auditeur le plus semblable</translation>
    </message>
    <message>
        <source>Nearest listener</source>
        <translation>Auditeur le plus proche</translation>
    </message>
    <message>
        <source>Tick: best reaction; arrow: worst. Every reaction is compared with all listeners who answer this speaker appropriately; the named one decided.</source>
        <translation>Coche : meilleure réaction ; flèche : la pire. Chaque réaction est comparée à tous les auditeurs qui répondent de façon appropriée à ce locuteur ; celui qui est nommé a été déterminant.</translation>
    </message>
    <message>
        <source>Tick: best reaction; arrow: worst.</source>
        <translation>Coche : meilleure réaction ; flèche : la pire.</translation>
    </message>
    <message>
        <source>The ground truth is the real listener; Explore shows it beside every model</source>
        <translation>La vérité terrain est l’auditeur réel ; « Explorer » l’affiche à côté de chaque modèle</translation>
    </message>
    <message>
        <source>Explore lets EMC imagine what is missing; this row stands for another substitute</source>
        <translation>Dans « Explorer », EMC imagine ce qui manque ; cette ligne correspond à un autre substitut</translation>
    </message>
    <message>
        <source>Opens the clip with this model, condition and these draws</source>
        <translation>Ouvre le clip avec ce modèle, cette condition et ces tirages</translation>
    </message>
</context>
<context>
    <name>emc::CmaPanel</name>
    <message>
        <source>CMA: how a missing modality is imagined</source>
        <translation>CMA : comment une modalité absente est imaginée</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>parole</translation>
    </message>
    <message>
        <source>face</source>
        <translation>visage</translation>
    </message>
    <message>
        <source>close to</source>
        <translation>proche de</translation>
    </message>
    <message>
        <source>loosely like</source>
        <translation>vaguement semblable à</translation>
    </message>
    <message>
        <source>unlike</source>
        <translation>différente de</translation>
    </message>
    <message>
        <source>The imagined %1 is %2 the true one: cosine %3 on average, %4 at its lowest; distance %5 σ on average, %6 σ at its highest.</source>
        <translation>La modalité imaginée (%1) est %2 la vraie : cosinus %3 en moyenne, %4 au minimum ; distance %5 σ en moyenne, %6 σ au maximum.</translation>
    </message>
    <message>
        <source>Cross-modal compensation, %1</source>
        <translation>Compensation intermodale, %1</translation>
    </message>
    <message>
        <source>%1. %2 imagined, draw %3, temperature %4, seed %5. Bands: 1 and 2 sigma; standardised units. %6</source>
        <translation>%1. Modalité imaginée : %2, tirage %3, température %4, graine %5. Bandes : 1 et 2 sigmas ; unités standardisées. %6</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Parole</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Visage</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>speech ← face</source>
        <translation>parole ← visage</translation>
    </message>
    <message>
        <source>face ← speech</source>
        <translation>visage ← parole</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Tirage</translation>
    </message>
    <message>
        <source>per clip</source>
        <translation>par clip</translation>
    </message>
    <message>
        <source>per frame</source>
        <translation>par image</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>Nouveaux tirages</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>graine</translation>
    </message>
    <message>
        <source>Nothing is imagined. Mark a missing span of speech or face on the timeline, or switch one off, and EMC imagines it.</source>
        <translation>Rien n’est imaginé. Marquer un segment manquant de parole ou de visage sur la ligne de temps, ou désactiver l’un des deux : EMC l’imagine.</translation>
    </message>
    <message>
        <source>Latent z, posterior mean and spread</source>
        <translation>z latent, moyenne et dispersion a posteriori</translation>
    </message>
    <message>
        <source>Latent dimension</source>
        <translation>Dimension latente</translation>
    </message>
    <message>
        <source>time</source>
        <translation>temps</translation>
    </message>
    <message>
        <source>Compare with the truth</source>
        <translation>Comparer à la vérité</translation>
    </message>
    <message>
        <source>Reads the modality that was declared missing, only to compare the substitute with it.</source>
        <translation>Lit la modalité déclarée absente, uniquement pour lui comparer le substitut.</translation>
    </message>
    <message>
        <source>Draws, principal components</source>
        <translation>Tirages, composantes principales</translation>
    </message>
    <message>
        <source>Walk</source>
        <translation>Parcours</translation>
    </message>
    <message>
        <source>Walk from</source>
        <translation>Parcours depuis</translation>
    </message>
    <message>
        <source>Walk to</source>
        <translation>Parcours vers</translation>
    </message>
    <message>
        <source>Share of the second draw</source>
        <translation>Part du second tirage</translation>
    </message>
    <message>
        <source>Leave the walk</source>
        <translation>Quitter le parcours</translation>
    </message>
    <message>
        <source>Substitute û against true u</source>
        <translation>Substitut û et vrai u</translation>
    </message>
    <message>
        <source>Agreement with the truth</source>
        <translation>Accord avec la vérité</translation>
    </message>
    <message>
        <source>Without the truth there is nothing to compare with.</source>
        <translation>Sans la vérité, il n’y a rien à comparer.</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Cosinus</translation>
    </message>
    <message>
        <source>L2 per channel, σ</source>
        <translation>L2/canal, σ</translation>
    </message>
    <message>
        <source>%1  Draw %2</source>
        <translation>%1  Tirage %2</translation>
    </message>
    <message>
        <source>Nothing of this kind is imagined now.</source>
        <translation>Rien de tel n’est imaginé pour l’instant.</translation>
    </message>
    <message>
        <source>dimension %1</source>
        <translation>dimension %1</translation>
    </message>
    <message>
        <source>Latent z, draws of the prior</source>
        <translation>z latent, tirages du prior</translation>
    </message>
    <message>
        <source>%1 draws, held over the span</source>
        <translation>%1 tirages, constants sur le segment</translation>
    </message>
    <message>
        <source>band 1 σ and 2 σ · thin lines: %1 draws</source>
        <translation>bande 1 σ et 2 σ · lignes fines : %1 tirages</translation>
    </message>
    <message>
        <source>%1 draws of the prior</source>
        <translation>%1 tirages du prior</translation>
    </message>
    <message>
        <source>Substitute û</source>
        <translation>Substitut û</translation>
    </message>
    <message>
        <source>%1 channels, standardised</source>
        <translation>%1 canaux, standardisés</translation>
    </message>
    <message>
        <source>%1; true %2 known</source>
        <translation>%1 ; vérité connue : %2</translation>
    </message>
    <message>
        <source>prior N(0, 1)</source>
        <translation>prior N(0, 1)</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>moy.</translation>
    </message>
    <message>
        <source>draw %1</source>
        <translation>tirage %1</translation>
    </message>
    <message>
        <source>draw %1: %2</source>
        <translation>tirage %1 : %2</translation>
    </message>
    <message>
        <source>%1 mean · %2 lowest</source>
        <translation>%1 moyenne · %2 minimum</translation>
    </message>
    <message>
        <source>%1 σ mean · %2 σ highest</source>
        <translation>%1 σ moyenne · %2 σ maximum</translation>
    </message>
    <message>
        <source>%1 – %2 s, draw %3</source>
        <translation>%1 – %2 s, tirage %3</translation>
    </message>
    <message>
        <source>The true %1 was not read, so the substitute cannot be judged.</source>
        <translation>La vraie modalité (%1) n’a pas été lue ; le substitut ne peut pas être jugé.</translation>
    </message>
    <message>
        <source>posterior mean of true u</source>
        <translation>moyenne a posteriori du vrai u</translation>
    </message>
    <message>
        <source>Seed locked: the same draws every time</source>
        <translation>Graine verrouillée : toujours les mêmes tirages</translation>
    </message>
    <message>
        <source>Seed free: new draws take a new seed</source>
        <translation>Graine libre : les nouveaux tirages prennent une nouvelle graine</translation>
    </message>
</context>
<context>
    <name>emc::DoctorPage</name>
    <message>
        <source>Playback and import</source>
        <translation>Lecture et import</translation>
    </message>
    <message>
        <source>3D and display</source>
        <translation>3D et affichage</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Calcul</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Checking this machine</source>
        <translation>Vérification de cette machine</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Vérifier de nouveau</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Résumé</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>en ordre</translation>
    </message>
    <message>
        <source>need a fix</source>
        <translation>à corriger</translation>
    </message>
    <message>
        <source>Budgets, measured in this window</source>
        <translation>Budgets, mesurés dans cette fenêtre</translation>
    </message>
    <message>
        <source>Start to usable window</source>
        <translation>Démarrage complet</translation>
    </message>
    <message>
        <source>Last new reaction</source>
        <translation>Dernière nouvelle réaction</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copier la commande</translation>
    </message>
    <message>
        <source>The check itself failed: %1</source>
        <translation>La vérification elle-même a échoué : %1</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Noyau</translation>
    </message>
    <message>
        <source>%1, platform %2</source>
        <translation>%1, plateforme %2</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n thread(s)</source>
        <translation>
            <numerusform>%1, %n thread</numerusform>
            <numerusform>%1, %n threads</numerusform>
        </translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Écran</translation>
    </message>
    <message>
        <source>%1 × %2 at %3 %</source>
        <translation>%1 × %2 à %3 %</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Check this machine</source>
        <translation>Vérifier cette machine</translation>
    </message>
    <message>
        <source>Copy fix</source>
        <translation>Copier le correctif</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2 : %3</translation>
    </message>
    <message>
        <source>needs a fix</source>
        <translation>à corriger</translation>
    </message>
    <message>
        <source>%1 of %2 fine</source>
        <translation>%1 sur %2 en ordre</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autres</translation>
    </message>
    <message>
        <source>Ready to work. Nothing needs a fix.</source>
        <translation>Prêt à travailler. Rien à corriger.</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) need a fix.</source>
        <translation>
            <numerusform>%n point à corriger.</numerusform>
            <numerusform>%n points à corriger.</numerusform>
        </translation>
    </message>
    <message>
        <source>checked %1, %2 s</source>
        <translation>vérifié à %1, %2 s</translation>
    </message>
</context>
<context>
    <name>emc::DrawsMap</name>
    <message>
        <source>Draws, principal components</source>
        <translation>Tirages, composantes principales</translation>
    </message>
    <message>
        <source>PC %1, %2 % of variance</source>
        <translation>CP %1, %2 % de la variance</translation>
    </message>
    <message>
        <source>Draw %1: click to show its reaction</source>
        <translation>Tirage %1 : cliquer pour afficher sa réaction</translation>
    </message>
</context>
<context>
    <name>emc::EvaluatePage</name>
    <message>
        <source>Views of the study</source>
        <translation>Vues de l’étude</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tableau</translation>
    </message>
    <message>
        <source>Robustness</source>
        <translation>Robustesse</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>Occlusion</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Double click a number of the table to see the clips behind it.</source>
        <translation>Double-cliquer sur un nombre du tableau pour voir les clips correspondants.</translation>
    </message>
    <message>
        <source>Progress of the study</source>
        <translation>Avancement de l’étude</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Démarrer</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>What is stored stays; the study can go on later</source>
        <translation>Ce qui est enregistré reste ; l’étude peut reprendre plus tard</translation>
    </message>
    <message>
        <source>Table 1</source>
        <translation>Tableau 1</translation>
    </message>
    <message>
        <source>LaTeX</source>
        <translation>LaTeX</translation>
    </message>
    <message>
        <source>Copies the table as LaTeX</source>
        <translation>Copie le tableau en LaTeX</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Markdown, LaTeX, CSV, JSON, SVG, PDF or PNG</source>
        <translation>Markdown, LaTeX, CSV, JSON, SVG, PDF ou PNG</translation>
    </message>
    <message>
        <source>Choose a corpus</source>
        <translation>Choisir un corpus</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>En clair</translation>
    </message>
    <message>
        <source>Notes to the table</source>
        <translation>Notes du tableau</translation>
    </message>
    <message>
        <source>The table is on the clipboard as LaTeX.</source>
        <translation>Le tableau est dans le presse-papiers en LaTeX.</translation>
    </message>
    <message numerus="yes">
        <source>%1 variant · %n clip(s) × %2 reactions</source>
        <translation>
            <numerusform>variante %1 · %n clip × %2 réactions</numerusform>
            <numerusform>variante %1 · %n clips × %2 réactions</numerusform>
        </translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>corrigée</translation>
    </message>
    <message>
        <source>official</source>
        <translation>officielle</translation>
    </message>
    <message>
        <source>%1 of %2 reactions stored</source>
        <translation>%1 sur %2 réactions enregistrées</translation>
    </message>
    <message>
        <source>bold best · * p &lt; %1, Holm · publ.: other data, not comparable</source>
        <translation>gras : meilleur · * p &lt; %1, Holm · publ. : autres données, non comparable</translation>
    </message>
    <message>
        <source>Synthetic corpus: these numbers test the tool, they are not results about people.</source>
        <translation>Corpus synthétique : ces nombres testent l’outil, ils ne disent rien sur les personnes.</translation>
    </message>
    <message>
        <source>Choose a change in the table to read what it says. A change needs the original and its EMC form of one host.</source>
        <translation>Choisir une variation dans le tableau pour lire ce qu’elle signifie. Une variation demande l’original et la forme EMC d’un même modèle hôte.</translation>
    </message>
    <message>
        <source>Reading the study</source>
        <translation>Chargement de l’étude</translation>
    </message>
    <message>
        <source>No corpus yet. Choose a folder in the layout of REACT 2024 on the left; `emc corpus make` makes a synthetic one.</source>
        <translation>Pas encore de corpus. Choisir à gauche un dossier organisé comme REACT 2024 ; `emc corpus make` en crée un synthétique.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>everything is scored</source>
        <translation>tout est évalué</translation>
    </message>
    <message numerus="yes">
        <source>%n reaction(s) to go</source>
        <translation>
            <numerusform>encore %n réaction</numerusform>
            <numerusform>encore %n réactions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) to score</source>
        <translation>
            <numerusform>%n ligne à évaluer</numerusform>
            <numerusform>%n lignes à évaluer</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Exporter le tableau</translation>
    </message>
    <message>
        <source>table.md</source>
        <translation>tableau.md</translation>
    </message>
    <message>
        <source>Markdown (*.md);;LaTeX (*.tex);;CSV (*.csv);;JSON (*.json);;SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</source>
        <translation>Markdown (*.md);;LaTeX (*.tex);;CSV (*.csv);;JSON (*.json);;SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</translation>
    </message>
    <message>
        <source>Wrote %1.</source>
        <translation>%1 est écrit.</translation>
    </message>
    <message>
        <source>Export the curves</source>
        <translation>Exporter les courbes</translation>
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
        <translation>robustesse</translation>
    </message>
    <message>
        <source>occlusion</source>
        <translation>occlusion</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>Chargement des entraînements</translation>
    </message>
    <message>
        <source>Read the study</source>
        <translation>Chargement de l’étude</translation>
    </message>
    <message>
        <source>Study of %1</source>
        <translation>Étude de %1</translation>
    </message>
    <message>
        <source>Robustness on %1</source>
        <translation>Robustesse sur %1</translation>
    </message>
    <message>
        <source>Occlusion of one clip</source>
        <translation>Occlusion d’un clip</translation>
    </message>
    <message>
        <source>waits for another job</source>
        <translation>attend une autre tâche</translation>
    </message>
    <message>
        <source>paused at %1 %</source>
        <translation>en pause à %1 %</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>arrêt en cours</translation>
    </message>
    <message>
        <source>%1 %, %2 left</source>
        <translation>%1 %, reste %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>reads the corpus</source>
        <translation>chargement du corpus</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>Échec de « %1 » : %2</translation>
    </message>
    <message>
        <source>%1 is finished.</source>
        <translation>Terminé : %1.</translation>
    </message>
    <message>
        <source>%1 was stopped; what is stored stays, Start goes on from there.</source>
        <translation>Arrêté : %1. Ce qui est enregistré reste ; « Continuer » reprend à cet endroit.</translation>
    </message>
    <message>
        <source>Reading the clips</source>
        <translation>Chargement des clips</translation>
    </message>
    <message>
        <source>Read the clips</source>
        <translation>Chargement des clips</translation>
    </message>
    <message>
        <source>Read a clip</source>
        <translation>Chargement d’un clip</translation>
    </message>
</context>
<context>
    <name>emc::ExplorePage</name>
    <message>
        <source>This session</source>
        <translation>Cette session</translation>
    </message>
    <message numerus="yes">
        <source>Look at %n clip(s)</source>
        <translation>
            <numerusform>Examen de %n clip</numerusform>
            <numerusform>Examen de %n clips</numerusform>
        </translation>
    </message>
    <message>
        <source>Drop a video, a clip folder or a session here</source>
        <translation>Déposer ici une vidéo, un dossier de clip ou une session</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>Chargement de %1</translation>
    </message>
    <message>
        <source>Read %1</source>
        <translation>Chargement de %1</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>Impossible d’ouvrir %1 : %2</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Locuteur</translation>
    </message>
    <message>
        <source>synthetic · %1 fps</source>
        <translation>synthétique · %1 img/s</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 img/s</translation>
    </message>
    <message>
        <source>This clip has no video, only its features</source>
        <translation>Ce clip n’a pas de vidéo, seulement ses descripteurs</translation>
    </message>
    <message>
        <source>imagined</source>
        <translation>imaginé</translation>
    </message>
    <message>
        <source>without EMC</source>
        <translation>sans EMC</translation>
    </message>
    <message>
        <source>None of the shown models has EMC</source>
        <translation>Aucun des modèles affichés n’a EMC</translation>
    </message>
    <message>
        <source>EA works inside EMC, which is off</source>
        <translation>EA agit au sein d’EMC, qui est désactivé</translation>
    </message>
    <message>
        <source>Real listener</source>
        <translation>Auditeur réel</translation>
    </message>
    <message>
        <source>sample %1</source>
        <translation>échantillon %1</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>calcul…</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>en cache</translation>
    </message>
    <message>
        <source>real</source>
        <translation>réel</translation>
    </message>
    <message>
        <source>Choose a model on the left to see its attention.</source>
        <translation>Choisir un modèle à gauche pour voir son attention.</translation>
    </message>
    <message>
        <source>The shown models give no attention.</source>
        <translation>Les modèles affichés ne fournissent pas d’attention.</translation>
    </message>
    <message>
        <source>This clip has no face: its speech must stay.</source>
        <translation>Ce clip n’a pas de visage : il faut garder la parole.</translation>
    </message>
    <message>
        <source>This clip has no speech: its face must stay.</source>
        <translation>Ce clip n’a pas de parole : il faut garder le visage.</translation>
    </message>
    <message>
        <source>One of face and speech must stay: a listener needs something to react to.</source>
        <translation>Il faut garder le visage ou la parole : un auditeur doit avoir à quoi réagir.</translation>
    </message>
    <message>
        <source>Show the face to the models</source>
        <translation>Visage visible pour les modèles</translation>
    </message>
    <message>
        <source>Hide the face from the models</source>
        <translation>Visage masqué aux modèles</translation>
    </message>
    <message>
        <source>Let the models hear the speech</source>
        <translation>Parole audible pour les modèles</translation>
    </message>
    <message>
        <source>Take the speech from the models</source>
        <translation>Parole coupée pour les modèles</translation>
    </message>
    <message>
        <source>Emotion attention on</source>
        <translation>Attention émotionnelle activée</translation>
    </message>
    <message>
        <source>Emotion attention off</source>
        <translation>Attention émotionnelle désactivée</translation>
    </message>
    <message>
        <source>Compensation on</source>
        <translation>Compensation activée</translation>
    </message>
    <message>
        <source>Compensation off</source>
        <translation>Compensation désactivée</translation>
    </message>
    <message>
        <source>Show another sample</source>
        <translation>Autre échantillon</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>Nouveaux tirages</translation>
    </message>
    <message>
        <source>Lock of the seed</source>
        <translation>Verrouillage de la graine</translation>
    </message>
    <message>
        <source>Add a missing span</source>
        <translation>Ajout d’un segment manquant</translation>
    </message>
    <message>
        <source>Loop from here</source>
        <translation>Début de boucle ici</translation>
    </message>
    <message>
        <source>Loop to here</source>
        <translation>Fin de boucle ici</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Boucle</translation>
    </message>
    <message>
        <source>One camera</source>
        <translation>Caméra commune</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>Exporter la figure</translation>
    </message>
    <message>
        <source>Figures (*.png *.svg *.pdf);;Table (*.csv)</source>
        <translation>Figures (*.png *.svg *.pdf);;Tableau (*.csv)</translation>
    </message>
    <message>
        <source>Figure written: %1</source>
        <translation>Figure écrite : %1</translation>
    </message>
    <message>
        <source>speech imagined</source>
        <translation>parole imaginée</translation>
    </message>
    <message>
        <source>face imagined</source>
        <translation>visage imaginé</translation>
    </message>
    <message>
        <source>without speech</source>
        <translation>sans parole</translation>
    </message>
    <message>
        <source>without face</source>
        <translation>sans visage</translation>
    </message>
    <message>
        <source>sound muted in span</source>
        <translation>son coupé sur ce segment</translation>
    </message>
    <message>
        <source>sound muted</source>
        <translation>son coupé</translation>
    </message>
    <message>
        <source>no face in this clip</source>
        <translation>pas de visage dans ce clip</translation>
    </message>
    <message>
        <source>face hidden from the models</source>
        <translation>visage masqué aux modèles</translation>
    </message>
    <message>
        <source>no model chosen</source>
        <translation>aucun modèle choisi</translation>
    </message>
    <message numerus="yes">
        <source>computing %n reaction(s)</source>
        <translation>
            <numerusform>calcul de %n réaction</numerusform>
            <numerusform>calcul de %n réactions</numerusform>
        </translation>
    </message>
    <message>
        <source>new reaction in %1 ms</source>
        <translation>nouvelle réaction en %1 ms</translation>
    </message>
    <message>
        <source>from memory</source>
        <translation>depuis le cache</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Vue</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>De face</translation>
    </message>
    <message>
        <source>Three-quarter</source>
        <translation>Trois quarts</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>Courbe</translation>
    </message>
    <message>
        <source>Curve of the reactions</source>
        <translation>Courbe des réactions</translation>
    </message>
    <message>
        <source>Which of the 25 values the lane of reactions and the panes show</source>
        <translation>Valeur, parmi les 25, que montrent la piste des réactions et les volets</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Ligne de temps</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Cross-modal alignment: how what is missing is imagined</source>
        <translation>Alignement intermodal : comment ce qui manque est imaginé</translation>
    </message>
    <message>
        <source>Open clip</source>
        <translation>Ouverture du clip</translation>
    </message>
    <message>
        <source>Choose models</source>
        <translation>Choix des modèles</translation>
    </message>
    <message>
        <source>Show the real listener</source>
        <translation>Affichage de l’auditeur réel</translation>
    </message>
    <message>
        <source>Hide the real listener</source>
        <translation>Masquage de l’auditeur réel</translation>
    </message>
    <message>
        <source>Show sample %1</source>
        <translation>Échantillon %1</translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>Graine %1</translation>
    </message>
    <message>
        <source>Change speech spans</source>
        <translation>Segments de parole</translation>
    </message>
    <message>
        <source>Change face spans</source>
        <translation>Segments de visage</translation>
    </message>
    <message>
        <source>Change view</source>
        <translation>Changement de vue</translation>
    </message>
    <message>
        <source>Show another curve</source>
        <translation>Autre courbe</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Draws per frame</source>
        <translation>Tirages par image</translation>
    </message>
    <message>
        <source>All faces turn together</source>
        <translation>Tous les visages tournent ensemble</translation>
    </message>
</context>
<context>
    <name>emc::Face3DShared</name>
    <message>
        <source>The 3D view cannot be opened</source>
        <translation>Impossible d’ouvrir la vue 3D</translation>
    </message>
</context>
<context>
    <name>emc::Face3DView</name>
    <message>
        <source>3D face</source>
        <translation>Visage 3D</translation>
    </message>
    <message>
        <source>No 3D view: %1</source>
        <translation>Pas de vue 3D : %1</translation>
    </message>
</context>
<context>
    <name>emc::FaultText</name>
    <message>
        <source>Copy details</source>
        <translation>Copier les détails</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>emc::GroupForm</name>
    <message>
        <source>Several seeds and models</source>
        <translation>Plusieurs graines et modèles</translation>
    </message>
    <message>
        <source>Trains every ticked model with every seed into one folder, one run after another</source>
        <translation>Entraîne chaque modèle coché avec chaque graine dans un même dossier, un entraînement après l’autre</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Graines</translation>
    </message>
    <message>
        <source>Seeds of the group</source>
        <translation>Graines du groupe</translation>
    </message>
    <message>
        <source>Models of the group</source>
        <translation>Modèles du groupe</translation>
    </message>
    <message>
        <source>Seeds are whole numbers from 0, as in 1, 2, 3.</source>
        <translation>Les graines sont des nombres entiers à partir de 0, par exemple 1, 2, 3.</translation>
    </message>
    <message>
        <source>Name at least one seed.</source>
        <translation>Indiquer au moins une graine.</translation>
    </message>
    <message>
        <source>At most %1 seeds make a group.</source>
        <translation>Un groupe compte au plus %1 graines.</translation>
    </message>
    <message>
        <source>Tick at least one model.</source>
        <translation>Cocher au moins un modèle.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s); model and seed of the options above do not count.</source>
        <translation>
            <numerusform>%n entraînement ; le modèle et la graine des options ci-dessus ne comptent pas.</numerusform>
            <numerusform>%n entraînements ; le modèle et la graine des options ci-dessus ne comptent pas.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::HeatMapView</name>
    <message>
        <source>Attention map</source>
        <translation>Carte d’attention</translation>
    </message>
    <message>
        <source>q %1 s → k %2 s</source>
        <translation>q %1 s → k %2 s</translation>
    </message>
    <message>
        <source>Colours follow the weight to the power of %1, so that small weights can be told apart.</source>
        <translation>Les couleurs suivent le poids à la puissance %1, pour distinguer les petits poids.</translation>
    </message>
</context>
<context>
    <name>emc::JobsButton</name>
    <message>
        <source>Jobs</source>
        <translation>Tâches</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n en cours</numerusform>
            <numerusform>%n en cours</numerusform>
        </translation>
    </message>
    <message>
        <source>no jobs</source>
        <translation>aucune tâche</translation>
    </message>
    <message>
        <source>Jobs, %1</source>
        <translation>Tâches, %1</translation>
    </message>
</context>
<context>
    <name>emc::JobsPopup</name>
    <message>
        <source>Jobs</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>Rien n’est en cours.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Finish and keep</source>
        <translation>Terminer et garder</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Copier les détails</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Retirer de la liste</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>reste %1</translation>
    </message>
</context>
<context>
    <name>emc::KeysDialog</name>
    <message>
        <source>Assign</source>
        <translation>Attribuer</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Aucun raccourci</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Par défaut</translation>
    </message>
    <message>
        <source>All to default</source>
        <translation>Tout par défaut</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Raccourcis</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>Rechercher une commande ou un raccourci</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Nouveau raccourci</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Changed by you</source>
        <translation>Modifié par vous</translation>
    </message>
    <message>
        <source>Choose a command</source>
        <translation>Choisir une commande</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Réattribuer</translation>
    </message>
    <message>
        <source>%1 already belongs to “%2”, which would have no such key any more.</source>
        <translation>%1 appartient déjà à « %2 », qui perdrait ce raccourci.</translation>
    </message>
    <message>
        <source>Click into the field and press the new keys. Single letters do not fire while a text field has the focus.</source>
        <translation>Cliquer dans le champ et appuyer sur les nouvelles touches. Les lettres seules n’agissent pas tant qu’un champ de texte a le focus.</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 est libre.</translation>
    </message>
</context>
<context>
    <name>emc::LeftDock</name>
    <message>
        <source>Add videos, clips or folders</source>
        <translation>Ajouter des vidéos, des clips ou des dossiers</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Search clips</source>
        <translation>Rechercher des clips</translation>
    </message>
    <message>
        <source>Add a missing span at the playhead</source>
        <translation>Ajouter un segment manquant à la tête de lecture</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n affiché</numerusform>
            <numerusform>%n affichés</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 – %2 s</source>
        <translation>%1 – %2 s</translation>
    </message>
    <message>
        <source>Missing span, %1, %2</source>
        <translation>Segment manquant, %1, %2</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>parole</translation>
    </message>
    <message>
        <source>face</source>
        <translation>visage</translation>
    </message>
    <message>
        <source>Remove this span</source>
        <translation>Supprimer ce segment</translation>
    </message>
    <message>
        <source>without face</source>
        <translation>sans visage</translation>
    </message>
    <message>
        <source>without speech</source>
        <translation>sans parole</translation>
    </message>
    <message numerus="yes">
        <source>%n missing span(s)</source>
        <translation>
            <numerusform>%n segment manquant</numerusform>
            <numerusform>%n segments manquants</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing missing</source>
        <translation>rien ne manque</translation>
    </message>
</context>
<context>
    <name>emc::ListenerPane</name>
    <message>
        <source>Show details</source>
        <translation>Afficher les détails</translation>
    </message>
    <message>
        <source>Reaction is being computed</source>
        <translation>Réaction en cours de calcul</translation>
    </message>
</context>
<context>
    <name>emc::MainWindow</name>
    <message>
        <source>Explore</source>
        <translation>Explorer</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Entraîner</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Évaluer</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Diagnostic</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Démo</translation>
    </message>
    <message>
        <source>There is no demo clip on this machine. Run the set-up again or open a video.</source>
        <translation>Il n’y a pas de clip de démo sur cette machine. Relancer l’installation ou ouvrir une vidéo.</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>Impossible d’ouvrir %1 : %2</translation>
    </message>
    <message>
        <source>The program ended unexpectedly. The session of %1 was kept.</source>
        <translation>Le programme s’est arrêté de façon inattendue. La session du %1 a été conservée.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Nouvelle session</translation>
    </message>
    <message>
        <source>Not saved yet, kept for recovery</source>
        <translation>Pas encore enregistrée, conservée pour récupération</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>%1 enregistrée</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>%1 modifiée</translation>
    </message>
    <message>
        <source>Frame %1 of %2</source>
        <translation>Image %1 sur %2</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 img/s</translation>
    </message>
    <message>
        <source>synthetic demo data</source>
        <translation>données de démo synthétiques</translation>
    </message>
    <message>
        <source>Sound %1</source>
        <translation>Son %1</translation>
    </message>
    <message>
        <source>Save the session?</source>
        <translation>Enregistrer la session ?</translation>
    </message>
    <message>
        <source>The session has changes that are not saved.</source>
        <translation>La session comporte des modifications non enregistrées.</translation>
    </message>
    <message>
        <source>Stop the running jobs?</source>
        <translation>Arrêter les tâches en cours ?</translation>
    </message>
    <message>
        <source>Jobs are still running. Runs can be resumed later.</source>
        <translation>Des tâches sont encore en cours. Les entraînements pourront être repris plus tard.</translation>
    </message>
    <message numerus="yes">
        <source>Add %n clip(s)</source>
        <translation>
            <numerusform>Ajouter %n clip</numerusform>
            <numerusform>Ajouter %n clips</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped, neither video, clip, session nor checkpoint: %1</source>
        <translation>Ignoré, ni vidéo, ni clip, ni session, ni checkpoint : %1</translation>
    </message>
    <message>
        <source>Session of %1</source>
        <translation>Session de %1</translation>
    </message>
    <message>
        <source>The session of %1 is restored; Undo brings the other one back.</source>
        <translation>La session de %1 est restaurée ; « Annuler » rétablit l’autre.</translation>
    </message>
    <message>
        <source>The study of %1 is set up again.</source>
        <translation>L’étude de %1 est rétablie.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>%1 holds no clips and is no corpus in the REACT layout.</source>
        <translation>%1 ne contient pas de clips et n’est pas un corpus organisé comme REACT.</translation>
    </message>
    <message numerus="yes">
        <source>Added %n clip(s).</source>
        <translation>
            <numerusform>%n clip ajouté.</numerusform>
            <numerusform>%n clips ajoutés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message numerus="yes">
        <source>Importing %n video(s): face and sound are being measured.</source>
        <translation>
            <numerusform>Import de %n vidéo : mesure du visage et du son.</numerusform>
            <numerusform>Import de %n vidéos : mesure du visage et du son.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show jobs</source>
        <translation>Afficher les tâches</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>Import de %1</translation>
    </message>
    <message>
        <source>%1 is imported: face in %2 of %3 frames.</source>
        <translation>%1 est importé : visage dans %2 des %3 images.</translation>
    </message>
    <message>
        <source>%1 cannot be imported: %2</source>
        <translation>Impossible d’importer %1 : %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Videos, sessions, figures and checkpoints (*.emcs *.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.svg *.png *.pth *.pt *.ckpt *.safetensors);;All files (*)</source>
        <translation>Vidéos, sessions, figures et checkpoints (*.emcs *.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.svg *.png *.pth *.pt *.ckpt *.safetensors);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Enregistrer la session</translation>
    </message>
    <message>
        <source>session.emcs</source>
        <translation>session.emcs</translation>
    </message>
    <message>
        <source>Sessions (*.emcs)</source>
        <translation>Sessions (*.emcs)</translation>
    </message>
    <message>
        <source>Open session %1</source>
        <translation>Ouvrir la session %1</translation>
    </message>
    <message>
        <source>Restore the session of %1</source>
        <translation>Restaurer la session de %1</translation>
    </message>
    <message numerus="yes">
        <source>Import %n video(s)</source>
        <translation>
            <numerusform>Importer %n vidéo</numerusform>
            <numerusform>Importer %n vidéos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for clips in %n folder(s)</source>
        <translation>
            <numerusform>Chercher des clips dans %n dossier</numerusform>
            <numerusform>Chercher des clips dans %n dossiers</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped: %1</source>
        <translation>Ignoré : %1</translation>
    </message>
    <message>
        <source>Nothing here can be opened</source>
        <translation>Rien ici ne peut être ouvert</translation>
    </message>
    <message>
        <source>Panes</source>
        <translation>Volets</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ajouter un dossier…</translation>
    </message>
    <message>
        <source>Open checkpoint…</source>
        <translation>Ouvrir un checkpoint…</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>Ouvrir la démo</translation>
    </message>
    <message>
        <source>Recent sessions</source>
        <translation>Sessions récentes</translation>
    </message>
    <message>
        <source>Save session as…</source>
        <translation>Enregistrer la session sous…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Édition</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Find a clip</source>
        <translation>Rechercher un clip</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Modifier les raccourcis…</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>Reset view</source>
        <translation>Réinitialiser la vue</translation>
    </message>
    <message>
        <source>One camera for all faces</source>
        <translation>Une caméra pour tous les visages</translation>
    </message>
    <message>
        <source>Real listener</source>
        <translation>Auditeur réel</translation>
    </message>
    <message>
        <source>Zoom into the timeline</source>
        <translation>Zoom avant sur la ligne de temps</translation>
    </message>
    <message>
        <source>Zoom out of the timeline</source>
        <translation>Zoom arrière sur la ligne de temps</translation>
    </message>
    <message>
        <source>Follow the playhead</source>
        <translation>Suivre la tête de lecture</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Visage</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Parole</translation>
    </message>
    <message>
        <source>Emotion attention</source>
        <translation>Attention émotionnelle</translation>
    </message>
    <message>
        <source>Compensation (EMC)</source>
        <translation>Compensation (EMC)</translation>
    </message>
    <message>
        <source>Sample before</source>
        <translation>Échantillon précédent</translation>
    </message>
    <message>
        <source>Sample after</source>
        <translation>Échantillon suivant</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>Nouveaux tirages</translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation>Verrouiller la graine</translation>
    </message>
    <message>
        <source>Only pane %1</source>
        <translation>Volet %1 seul</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Raccourcis</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>Read the runs again</source>
        <translation>Recharger les entraînements</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Lecture ou pause</translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation>Image précédente</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>Image suivante</translation>
    </message>
    <message>
        <source>10 frames back</source>
        <translation>Reculer de 10 images</translation>
    </message>
    <message>
        <source>10 frames on</source>
        <translation>Avancer de 10 images</translation>
    </message>
    <message>
        <source>1 second back</source>
        <translation>Reculer de 1 seconde</translation>
    </message>
    <message>
        <source>1 second on</source>
        <translation>Avancer de 1 seconde</translation>
    </message>
    <message>
        <source>10 seconds back</source>
        <translation>Reculer de 10 secondes</translation>
    </message>
    <message>
        <source>10 seconds on</source>
        <translation>Avancer de 10 secondes</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>Aller au début</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Aller à la fin</translation>
    </message>
    <message>
        <source>Play backwards, again for faster</source>
        <translation>Lecture arrière, répéter pour accélérer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêt</translation>
    </message>
    <message>
        <source>Play forwards, again for faster</source>
        <translation>Lecture avant, répéter pour accélérer</translation>
    </message>
    <message>
        <source>Loop from here</source>
        <translation>Début de boucle ici</translation>
    </message>
    <message>
        <source>Loop to here</source>
        <translation>Fin de boucle ici</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Boucle</translation>
    </message>
    <message>
        <source>Missing span at the playhead</source>
        <translation>Segment manquant à la tête de lecture</translation>
    </message>
    <message>
        <source>Remove the selected span</source>
        <translation>Supprimer le segment sélectionné</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Show a clip of the study</source>
        <translation>Affichage d’un clip de l’étude</translation>
    </message>
    <message>
        <source>Explore shows %1 with other weights than the program&apos;s: %2.</source>
        <translation>« Explorer » affiche %1 avec d’autres poids que ceux du programme : %2.</translation>
    </message>
    <message>
        <source>Use the program&apos;s weights</source>
        <translation>Utiliser les poids du programme</translation>
    </message>
    <message>
        <source>Open checkpoint</source>
        <translation>Ouvrir un checkpoint</translation>
    </message>
    <message>
        <source>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)</source>
        <translation>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
    <message>
        <source>Show a checkpoint</source>
        <translation>Affichage d’un checkpoint</translation>
    </message>
</context>
<context>
    <name>emc::ModelsModel</name>
    <message>
        <source>Real listener</source>
        <translation>Auditeur réel</translation>
    </message>
    <message>
        <source>No weights were found for this model. Train it or open a checkpoint.</source>
        <translation>Aucun poids trouvé pour ce modèle. L’entraîner ou ouvrir un checkpoint.</translation>
    </message>
    <message>
        <source>%1, slot %2</source>
        <translation>%1, place %2</translation>
    </message>
    <message>
        <source>no weights</source>
        <translation>sans poids</translation>
    </message>
</context>
<context>
    <name>emc::OcclusionTab</name>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>aucun modèle</translation>
    </message>
    <message>
        <source>clip </source>
        <translation>clip </translation>
    </message>
    <message>
        <source>Which of the clips</source>
        <translation>Numéro du clip</translation>
    </message>
    <message>
        <source>face</source>
        <translation>visage</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>parole</translation>
    </message>
    <message>
        <source>What goes missing</source>
        <translation>Ce qui manque</translation>
    </message>
    <message>
        <source>window </source>
        <translation>fenêtre </translation>
    </message>
    <message>
        <source> frames</source>
        <translation> images</translation>
    </message>
    <message>
        <source>Length of the missing window</source>
        <translation>Longueur de la fenêtre masquée</translation>
    </message>
    <message>
        <source>step </source>
        <translation>pas </translation>
    </message>
    <message>
        <source>Step of the window</source>
        <translation>Pas de la fenêtre</translation>
    </message>
    <message>
        <source>middle of the missing window</source>
        <translation>milieu de la fenêtre masquée</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>change, RMS</source>
        <translation>variation, RMS</translation>
    </message>
    <message>
        <source>What the reaction owes to each moment</source>
        <translation>Ce que la réaction doit à chaque instant</translation>
    </message>
    <message>
        <source>By kind of attribute</source>
        <translation>Par type d’attribut</translation>
    </message>
    <message>
        <source>Slide the window</source>
        <translation>Lancer le balayage</translation>
    </message>
    <message>
        <source>No attribution yet. A missing window slides over one clip; where the reaction changes most, the model has listened.</source>
        <translation>Pas encore d’attribution. Une fenêtre masquée balaie un clip ; là où la réaction change le plus, le modèle a écouté.</translation>
    </message>
    <message>
        <source>whole reaction</source>
        <translation>réaction entière</translation>
    </message>
    <message>
        <source>within the window</source>
        <translation>dans la fenêtre</translation>
    </message>
    <message>
        <source>action units</source>
        <translation>unités d’action</translation>
    </message>
    <message>
        <source>valence and arousal</source>
        <translation>valence et activation</translation>
    </message>
    <message>
        <source>expressions</source>
        <translation>expressions</translation>
    </message>
    <message>
        <source>%1, clip %2: the reaction changes most without the %3 of %4 to %5 s. %6 reactions with the same draws, seed %7.</source>
        <translation>%1, clip %2 : la réaction change le plus sans %3, de %4 à %5 s. %6 réactions avec les mêmes tirages, graine %7.</translation>
    </message>
</context>
<context>
    <name>emc::OptionHelp</name>
    <message>
        <source>Options</source>
        <translation>Options</translation>
    </message>
    <message>
        <source>Choose a row to read what it does.</source>
        <translation>Choisir une ligne pour lire ce qu’elle fait.</translation>
    </message>
</context>
<context>
    <name>emc::OptionsForm</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 à %2</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>%1 ou plus</translation>
    </message>
    <message>
        <source>%1 or less</source>
        <translation>%1 ou moins</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>par défaut : %1</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>Revenir à %1</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>aucune valeur</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>Réinitialiser %1</translation>
    </message>
    <message>
        <source>%1 options, %2 changed</source>
        <translation>%1 options, modifiées : %2</translation>
    </message>
    <message>
        <source>%1 options</source>
        <translation>%1 options</translation>
    </message>
    <message>
        <source>There are no options.</source>
        <translation>Il n’y a pas d’options.</translation>
    </message>
    <message>
        <source>No option fits “%1”.</source>
        <translation>Aucune option ne correspond à « %1 ».</translation>
    </message>
    <message>
        <source>Find an option</source>
        <translation>Rechercher une option</translation>
    </message>
</context>
<context>
    <name>emc::QueueModel</name>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Tâche</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <source>Doing</source>
        <translation>Activité</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Temps restant</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Matériel</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>Finalisation</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Annulation</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
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
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>Show the left panel</source>
        <translation>Afficher le panneau gauche</translation>
    </message>
</context>
<context>
    <name>emc::ReactionController</name>
    <message>
        <source>There is no model named %1.</source>
        <translation>Il n’y a pas de modèle nommé %1.</translation>
    </message>
    <message>
        <source>This model has no form for these switches.</source>
        <translation>Ce modèle n’a pas de forme pour ces bascules.</translation>
    </message>
    <message>
        <source>No weights found for %1. Train it or import a checkpoint.</source>
        <translation>Aucun poids trouvé pour %1. L’entraîner ou importer un checkpoint.</translation>
    </message>
</context>
<context>
    <name>emc::RelinkDialog</name>
    <message>
        <source>Look in a folder…</source>
        <translation>Chercher dans un dossier…</translation>
    </message>
    <message>
        <source>Choose for this clip…</source>
        <translation>Choisir pour ce clip…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Clips have moved</source>
        <translation>Des clips ont été déplacés</translation>
    </message>
    <message>
        <source>Show a folder: clips are found there by their place, their content and their name.</source>
        <translation>Indiquer un dossier : les clips y sont retrouvés par leur emplacement, leur contenu et leur nom.</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Was in</source>
        <translation>Était dans</translation>
    </message>
    <message>
        <source>Is now in</source>
        <translation>Est maintenant dans</translation>
    </message>
    <message>
        <source>Missing clips</source>
        <translation>Clips introuvables</translation>
    </message>
    <message>
        <source>Look in a folder</source>
        <translation>Chercher dans un dossier</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) found in %1.</source>
        <translation>
            <numerusform>%n clip trouvé dans %1.</numerusform>
            <numerusform>%n clips trouvés dans %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found in %1.</source>
        <translation>Rien n’a été trouvé dans %1.</translation>
    </message>
    <message>
        <source>Folder of %1</source>
        <translation>Dossier de %1</translation>
    </message>
    <message>
        <source>%1 is no clip.</source>
        <translation>%1 n’est pas un clip.</translation>
    </message>
    <message>
        <source>not found yet</source>
        <translation>pas encore trouvé</translation>
    </message>
    <message>
        <source>%1 (other content)</source>
        <translation>%1 (autre contenu)</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) are not where the session left them.</source>
        <translation>
            <numerusform>%n clip n’est plus là où la session l’avait laissé.</numerusform>
            <numerusform>%n clips ne sont plus là où la session les avait laissés.</numerusform>
        </translation>
    </message>
    <message>
        <source>All clips are found.</source>
        <translation>Tous les clips sont trouvés.</translation>
    </message>
    <message>
        <source>Open without them</source>
        <translation>Ouvrir sans eux</translation>
    </message>
</context>
<context>
    <name>emc::ResultTab</name>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Measuring. The result appears here when it is complete.</source>
        <translation>Mesure en cours. Le résultat apparaît ici dès qu’il est complet.</translation>
    </message>
</context>
<context>
    <name>emc::RobustnessTab</name>
    <message>
        <source>%1 (nothing missing)</source>
        <translation>%1 (rien ne manque)</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>face and speech</source>
        <translation>visage et parole</translation>
    </message>
    <message>
        <source>face</source>
        <translation>visage</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>parole</translation>
    </message>
    <message>
        <source>What goes missing</source>
        <translation>Ce qui manque</translation>
    </message>
    <message>
        <source> frames</source>
        <translation> images</translation>
    </message>
    <message>
        <source>Mean length of a gap</source>
        <translation>Longueur moyenne d’une lacune</translation>
    </message>
    <message>
        <source>Places of the gaps drawn how often</source>
        <translation>Nombre de tirages de l’emplacement des lacunes</translation>
    </message>
    <message>
        <source>gap length too</source>
        <translation>longueur de lacune aussi</translation>
    </message>
    <message>
        <source>failures too</source>
        <translation>défauts aussi</translation>
    </message>
    <message>
        <source>Noise, blur, freezes, late sound and other presets of the failure simulator</source>
        <translation>Bruit, flou, images figées, son en retard et autres préréglages du simulateur de défauts</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <source>No curve yet. Tick models on the left and measure how their score falls when more and more of the face or the speech is missing.</source>
        <translation>Pas encore de courbe. Cocher des modèles à gauche et mesurer comment leur score baisse quand une part croissante du visage ou de la parole manque.</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>images</translation>
    </message>
    <message>
        <source>Missing share of the face</source>
        <translation>Part manquante du visage</translation>
    </message>
    <message>
        <source>Missing share of the speech</source>
        <translation>Part manquante de la parole</translation>
    </message>
    <message>
        <source>missing frames</source>
        <translation>images manquantes</translation>
    </message>
    <message>
        <source>Gap length, %1 % of the face missing</source>
        <translation>Longueur des lacunes, %1 % du visage manquant</translation>
    </message>
    <message>
        <source>Gap length, %1 % of the speech missing</source>
        <translation>Longueur des lacunes, %1 % de la parole manquante</translation>
    </message>
    <message>
        <source>mean length of a gap</source>
        <translation>longueur moyenne d’une lacune</translation>
    </message>
    <message>
        <source>Failures of the recording</source>
        <translation>Défauts d’enregistrement</translation>
    </message>
    <message>
        <source>failure (names below)</source>
        <translation>défaut (noms ci-dessous)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n clip(s), %2 reactions each, %3 variant; the same gaps for every model.</source>
        <translation>
            <numerusform>%1, %n clip, %2 réactions par clip, variante %3 ; mêmes lacunes pour tous les modèles.</numerusform>
            <numerusform>%1, %n clips, %2 réactions par clip, variante %3 ; mêmes lacunes pour tous les modèles.</numerusform>
        </translation>
    </message>
    <message>
        <source> (synthetic)</source>
        <translation> (synthétique)</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>corrigée</translation>
    </message>
    <message>
        <source>official</source>
        <translation>officielle</translation>
    </message>
    <message>
        <source>One network, one draw: no band.</source>
        <translation>Un réseau, un tirage : pas de bande.</translation>
    </message>
    <message>
        <source>Bands: one standard deviation over %1.</source>
        <translation>Bandes : un écart-type sur %1.</translation>
    </message>
</context>
<context>
    <name>emc::RunsModel</name>
    <message>
        <source>running</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminé</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrompu</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Entraînement</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Itérations</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validation</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
</context>
<context>
    <name>emc::SessionDocument</name>
    <message>
        <source>Untitled session</source>
        <translation>Session sans titre</translation>
    </message>
    <message>
        <source>Recover session</source>
        <translation>Récupération de la session</translation>
    </message>
</context>
<context>
    <name>emc::SpeakerPane</name>
    <message>
        <source>Speaker</source>
        <translation>Locuteur</translation>
    </message>
    <message>
        <source>No clip open</source>
        <translation>Aucun clip ouvert</translation>
    </message>
</context>
<context>
    <name>emc::StatusLine</name>
    <message>
        <source>%1 MB</source>
        <translation>%1 Mo</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::StudyForm</name>
    <message>
        <source>From the EMC paper: other data, not results of ours; official variant only</source>
        <translation>De l’article EMC : autres données, pas nos résultats ; variante officielle seulement</translation>
    </message>
    <message>
        <source>Corpus and part</source>
        <translation>Corpus et partie</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>Corpus</translation>
    </message>
    <message>
        <source>none chosen</source>
        <translation>non choisi</translation>
    </message>
    <message>
        <source>Part of the corpus</source>
        <translation>Partie du corpus</translation>
    </message>
    <message>
        <source>Choose a corpus</source>
        <translation>Choisir un corpus</translation>
    </message>
    <message>
        <source>study folder: the program&apos;s own</source>
        <translation>étude : dossier par défaut</translation>
    </message>
    <message>
        <source>Study folder</source>
        <translation>Dossier de l’étude</translation>
    </message>
    <message>
        <source>Keeps reactions and scores, so that a stopped study goes on and nothing is computed twice</source>
        <translation>Conserve les réactions et les scores, pour qu’une étude arrêtée reprenne et que rien ne soit calculé deux fois</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Models and their training runs</source>
        <translation>Modèles et leurs entraînements</translation>
    </message>
    <message>
        <source>Ticked runs of one name are training seeds.</source>
        <translation>Les entraînements cochés de même nom comptent comme graines d’entraînement.</translation>
    </message>
    <message>
        <source>Tick a group</source>
        <translation>Cocher un groupe</translation>
    </message>
    <message>
        <source>Ticks all runs of a group that was trained as one, instead of others</source>
        <translation>Coche tous les entraînements d’un groupe lancé en une fois, à la place des autres</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Without face</source>
        <translation>Sans visage</translation>
    </message>
    <message>
        <source>Without speech</source>
        <translation>Sans parole</translation>
    </message>
    <message>
        <source>What stands in for it</source>
        <translation>Ce qui la remplace</translation>
    </message>
    <message>
        <source>EMC imagines the missing modality</source>
        <translation>EMC imagine la modalité absente</translation>
    </message>
    <message>
        <source>Zeros: the only substitute that a host without EMC knows</source>
        <translation>Zéros : le seul substitut que connaît un modèle hôte sans EMC</translation>
    </message>
    <message>
        <source>The mean over the training data</source>
        <translation>La moyenne sur les données d’entraînement</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Scores</translation>
    </message>
    <message>
        <source>official</source>
        <translation>officielle</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>corrigée</translation>
    </message>
    <message>
        <source>Official metrics, as published</source>
        <translation>Métriques officielles, telles que publiées</translation>
    </message>
    <message>
        <source>Fixed metrics, in double precision</source>
        <translation>Métriques corrigées, en double précision</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Official: what the published code prints, its quirks included. Fixed: the number one would defend; published values do not belong beside it.</source>
        <translation>Officielle : ce qu’affiche le code publié, particularités comprises. Corrigée : le nombre que l’on défendrait ; les valeurs publiées n’ont pas leur place à côté.</translation>
    </message>
    <message>
        <source>Reactions per clip</source>
        <translation>Réactions par clip</translation>
    </message>
    <message>
        <source>Sampling seeds</source>
        <translation>Graines de tirage</translation>
    </message>
    <message>
        <source>First seed of the draws</source>
        <translation>Première graine des tirages</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tout</translation>
    </message>
    <message>
        <source>Frames of each clip</source>
        <translation>Images de chaque clip</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Matériel</translation>
    </message>
    <message>
        <source>Speakers, evenly spread over the part</source>
        <translation>Locuteurs, répartis uniformément sur la partie</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>First frames of each clip</source>
        <translation>Premières images de chaque clip</translation>
    </message>
    <message>
        <source>First seed</source>
        <translation>Première graine</translation>
    </message>
    <message>
        <source>Of the draws; the same for every model</source>
        <translation>Des tirages ; la même pour tous les modèles</translation>
    </message>
    <message>
        <source>Repeats the draws of the same networks; a spread over them is marked (s) and says nothing about other trainings</source>
        <translation>Répète les tirages des mêmes réseaux ; la dispersion sur ceux-ci est marquée (s) et ne dit rien sur d’autres entraînements</translation>
    </message>
    <message>
        <source>Columns and rows</source>
        <translation>Colonnes et lignes</translation>
    </message>
    <message>
        <source>Change against original</source>
        <translation>Variation par rapport à l’original</translation>
    </message>
    <message>
        <source>With p after Holm&apos;s correction</source>
        <translation>Avec p après correction de Holm</translation>
    </message>
    <message>
        <source>± sd over seeds</source>
        <translation>± écart-type (graines)</translation>
    </message>
    <message>
        <source>Over training seeds; (s): over draws of one network</source>
        <translation>Sur les graines d’entraînement ; (s) : sur les tirages d’un seul réseau</translation>
    </message>
    <message>
        <source>Published values</source>
        <translation>Valeurs publiées</translation>
    </message>
    <message>
        <source>Paper rows without a model</source>
        <translation>Lignes de l’article sans modèle</translation>
    </message>
    <message>
        <source>They show what was published</source>
        <translation>Elles montrent ce qui a été publié</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Choose a corpus first.</source>
        <translation>Choisir d’abord un corpus.</translation>
    </message>
    <message>
        <source>The corpus %1 is not there any more.</source>
        <translation>Le corpus %1 n’existe plus.</translation>
    </message>
    <message>
        <source>Tick at least one model.</source>
        <translation>Cocher au moins un modèle.</translation>
    </message>
    <message>
        <source>Tick at least one condition.</source>
        <translation>Cocher au moins une condition.</translation>
    </message>
    <message>
        <source>Tick what stands in for a missing modality.</source>
        <translation>Cocher ce qui remplace une modalité absente.</translation>
    </message>
    <message>
        <source>The window is too narrow for this column; the tooltip of a number names it</source>
        <translation>La fenêtre est trop étroite pour cette colonne ; l’infobulle d’un nombre indique la valeur</translation>
    </message>
</context>
<context>
    <name>emc::StudyModelsModel</name>
    <message>
        <source>weights of the program</source>
        <translation>poids du programme</translation>
    </message>
    <message>
        <source>No weights were found for this model. Train it first.</source>
        <translation>Aucun poids trouvé pour ce modèle. L’entraîner d’abord.</translation>
    </message>
</context>
<context>
    <name>emc::StudyTableModel</name>
    <message>
        <source>Ground truth</source>
        <translation>Vérité terrain</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>non choisi</translation>
    </message>
    <message numerus="yes">
        <source>%n training seed(s)</source>
        <translation>
            <numerusform>%n graine d’entraînement</numerusform>
            <numerusform>%n graines d’entraînement</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draw(s)</source>
        <translation>
            <numerusform>%n tirage</numerusform>
            <numerusform>%n tirages</numerusform>
        </translation>
    </message>
    <message>
        <source>No model of this kind was chosen; the row shows what was published.</source>
        <translation>Aucun modèle de ce type n’est choisi ; la ligne montre ce qui a été publié.</translation>
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
        <translation>Publié dans l’article EMC, tableau 1 (REACT 2024, hors ligne) : autres données, pas nos résultats</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>mesuré</translation>
    </message>
    <message>
        <source>change</source>
        <translation>variation</translation>
    </message>
    <message>
        <source>publ.</source>
        <translation>publ.</translation>
    </message>
</context>
<context>
    <name>emc::StudyTableView</name>
    <message>
        <source>Table of the study</source>
        <translation>Tableau de l’étude</translation>
    </message>
</context>
<context>
    <name>emc::SubstituteView</name>
    <message>
        <source>Substitute against truth, heat maps</source>
        <translation>Substitut et vérité, cartes de chaleur</translation>
    </message>
    <message>
        <source>true</source>
        <translation>vrai</translation>
    </message>
    <message>
        <source>draw %1</source>
        <translation>tirage %1</translation>
    </message>
    <message>
        <source>time, s</source>
        <translation>temps, s</translation>
    </message>
</context>
<context>
    <name>emc::TimelineView</name>
    <message>
        <source>Events</source>
        <translation>Événements</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Parole</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Visage</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>Émotion</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Reaction %1</source>
        <translation>Réaction %1</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>pas de son</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>pas de visage</translation>
    </message>
    <message>
        <source>confidence 0–1</source>
        <translation>confiance 0–1</translation>
    </message>
    <message>
        <source>no reaction yet</source>
        <translation>pas encore de réaction</translation>
    </message>
    <message>
        <source>no curve chosen</source>
        <translation>aucune courbe choisie</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>manque</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>son coupé</translation>
    </message>
    <message>
        <source>missing %1</source>
        <translation>manque %1</translation>
    </message>
    <message>
        <source>speech missing</source>
        <translation>parole absente</translation>
    </message>
    <message>
        <source>face missing</source>
        <translation>visage absent</translation>
    </message>
    <message>
        <source>imagined by CMA</source>
        <translation>imaginé par CMA</translation>
    </message>
    <message>
        <source>imagined</source>
        <translation>imaginé</translation>
    </message>
    <message>
        <source>%1%2 frames</source>
        <translation>%1%2 images</translation>
    </message>
    <message>
        <source>Time, mm:ss</source>
        <translation>Temps, mm:ss</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Vue d’ensemble</translation>
    </message>
    <message>
        <source>model %1, %2</source>
        <translation>mod. %1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>sample %1</source>
        <translation>éch. %1</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>moy.</translation>
    </message>
    <message>
        <source>mean of %1</source>
        <translation>moyenne de %1</translation>
    </message>
    <message>
        <source>real listener</source>
        <translation>auditeur réel</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Ligne de temps</translation>
    </message>
    <message>
        <source>Missing span, %1, %2 to %3 seconds</source>
        <translation>Segment manquant, %1, de %2 à %3 secondes</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>parole</translation>
    </message>
    <message>
        <source>face</source>
        <translation>visage</translation>
    </message>
</context>
<context>
    <name>emc::TopBar</name>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Switch theme</source>
        <translation>Changer de thème</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Espaces de travail</translation>
    </message>
    <message>
        <source>Switch to the light theme</source>
        <translation>Passer au thème clair</translation>
    </message>
    <message>
        <source>Switch to the dark theme</source>
        <translation>Passer au thème sombre</translation>
    </message>
</context>
<context>
    <name>emc::TrainCurves</name>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>Reconstruction</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>Diversité</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>Fusion</translation>
    </message>
    <message>
        <source>CMA, face</source>
        <translation>CMA, visage</translation>
    </message>
    <message>
        <source>CMA, speech</source>
        <translation>CMA, parole</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taux d’apprentissage</translation>
    </message>
    <message>
        <source>Norm of the gradient</source>
        <translation>Norme du gradient</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perte</translation>
    </message>
    <message>
        <source>per step</source>
        <translation>par itération</translation>
    </message>
    <message>
        <source>What the third plot shows</source>
        <translation>Ce que montre le troisième graphique</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Lissage</translation>
    </message>
    <message>
        <source>Smoothing of the curves</source>
        <translation>Lissage des courbes</translation>
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
        <source>Linear scale</source>
        <translation>Échelle linéaire</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>Échelle logarithmique</translation>
    </message>
    <message>
        <source>step</source>
        <translation>itération</translation>
    </message>
    <message>
        <source>no values yet</source>
        <translation>pas encore de valeurs</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validation</translation>
    </message>
    <message>
        <source>mean sequence</source>
        <translation>séquence moyenne</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>moyenne %1</translation>
    </message>
</context>
<context>
    <name>emc::TrainPage</name>
    <message>
        <source>Choose a corpus</source>
        <translation>Choisir un corpus</translation>
    </message>
    <message>
        <source>Choose a folder for the run</source>
        <translation>Choisir un dossier pour l’entraînement</translation>
    </message>
    <message>
        <source>a new one</source>
        <translation>un nouveau</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Nouvel entraînement</translation>
    </message>
    <message>
        <source>All options back to their defaults</source>
        <translation>Ramener toutes les options à leurs valeurs par défaut</translation>
    </message>
    <message>
        <source>Start run</source>
        <translation>Lancer</translation>
    </message>
    <message>
        <source>Start group</source>
        <translation>Lancer le groupe</translation>
    </message>
    <message>
        <source>runs queue one after another</source>
        <translation>les entraînements se suivent dans la file</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>File d’attente</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Finish and keep</source>
        <translation>Terminer et garder</translation>
    </message>
    <message>
        <source>Ends after this step and keeps the checkpoint</source>
        <translation>Se termine après cette itération et conserve le checkpoint</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Copy error</source>
        <translation>Copier l’erreur</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>Retirer les terminés</translation>
    </message>
    <message>
        <source>Queue of runs</source>
        <translation>File des entraînements</translation>
    </message>
    <message>
        <source>No run is waiting. Set the options on the left and start one.</source>
        <translation>Aucun entraînement en attente. Régler les options à gauche et en lancer un.</translation>
    </message>
    <message>
        <source>Run library</source>
        <translation>Entraînements</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Continues an interrupted run, or the whole group it belongs to, exactly where it was</source>
        <translation>Reprend un entraînement interrompu, ou tout le groupe dont il fait partie, exactement là où il en était</translation>
    </message>
    <message>
        <source>Show the runs of another folder</source>
        <translation>Afficher les entraînements d’un autre dossier</translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation>Dossier des entraînements</translation>
    </message>
    <message>
        <source>Runs appear here as soon as one is started, in this window or in a terminal.</source>
        <translation>Les entraînements apparaissent ici dès qu’un premier est lancé, dans cette fenêtre ou dans un terminal.</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>Échec de « %1 » : %2</translation>
    </message>
    <message>
        <source>%1 is finished.</source>
        <translation>Terminé : %1.</translation>
    </message>
    <message>
        <source>The run cannot start: %1 %2</source>
        <translation>L’entraînement ne peut pas démarrer : %1 %2</translation>
    </message>
    <message>
        <source>Show the option</source>
        <translation>Afficher l’option</translation>
    </message>
    <message>
        <source>%1 running, %2 waiting, %3 ended</source>
        <translation>en cours : %1, en attente : %2, terminés : %3</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>Chargement des entraînements</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>aucun</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n entraînement</numerusform>
            <numerusform>%n entraînements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::TransportBar</name>
    <message>
        <source>Previous frame</source>
        <translation>Image précédente</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>Image suivante</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Boucle</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Visage</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Parole</translation>
    </message>
    <message>
        <source>Displayed sample</source>
        <translation>Échantillon affiché</translation>
    </message>
    <message>
        <source>Seed of the draws. Click to type another</source>
        <translation>Graine des tirages. Cliquer pour en saisir une autre</translation>
    </message>
    <message>
        <source>Seed locked</source>
        <translation>Graine verrouillée</translation>
    </message>
    <message>
        <source>New draws</source>
        <translation>Nouveaux tirages</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>Seed of the draws, a whole number:</source>
        <translation>Graine des tirages, un nombre entier :</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>graine %1</translation>
    </message>
    <message>
        <source>Sample %1 of %2</source>
        <translation>Échantillon %1 sur %2</translation>
    </message>
    <message>
        <source>Loop the marked part</source>
        <translation>Lire en boucle la partie marquée</translation>
    </message>
    <message>
        <source>available</source>
        <translation>disponible</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>indisponible</translation>
    </message>
    <message>
        <source>The model sees the speaker&apos;s face</source>
        <translation>Le modèle voit le visage du locuteur</translation>
    </message>
    <message>
        <source>The model hears the speaker</source>
        <translation>Le modèle entend le locuteur</translation>
    </message>
    <message>
        <source>Emotion attention</source>
        <translation>Attention émotionnelle</translation>
    </message>
    <message>
        <source>on</source>
        <translation>activée</translation>
    </message>
    <message>
        <source>off</source>
        <translation>désactivée</translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation>Compensation</translation>
    </message>
    <message>
        <source>Compensation: what is missing is imagined; off = the host model alone</source>
        <translation>Compensation : ce qui manque est imaginé ; désactivée = le modèle hôte seul</translation>
    </message>
    <message>
        <source>%1, %2, toggle</source>
        <translation>%1, %2, bascule</translation>
    </message>
    <message>
        <source>%1, %2, toggle, shortcut %3</source>
        <translation>%1, %2, bascule, raccourci %3</translation>
    </message>
    <message>
        <source>Seed is locked: every toggle uses the same draws</source>
        <translation>Graine verrouillée : chaque bascule utilise les mêmes tirages</translation>
    </message>
    <message>
        <source>Seed is open: every toggle draws anew</source>
        <translation>Graine libre : chaque bascule tire de nouveau</translation>
    </message>
</context>
</TS>
