"""Fictitious names and sentences of the demonstration: nature for people, trades for companies, nothing of health."""

NATURE = (
    "Bergeronnette Bleuet Bouleau Bruant Bruyère Buisson Camélia Capucine Cèdre Cerisier Chardon Charme Châtaigne "
    "Chevreuil Cigogne Clairière Coquelicot Corbeau Cormoran Courlis Cyprès Dahlia Digitale Fauvette Ficaire Figuier "
    "Fougère Framboise Frêne Fusain Garance Genêt Geai Gentiane Giroflée Glycine Grenadine Grive Griotte Groseille "
    "Hêtre Houx Jacinthe Jasmin Jonquille Laurier Lavande Lichen Lierre Lilas Linotte Loriot Lupin Luzerne Mandarine "
    "Marguerite Marjolaine Martinet Mélèze Mélisse Mésange Millepertuis Mimosa Mirabelle Mousse Muguet Myosotis "
    "Myrtille Narcisse Noisetier Pâquerette Pavot Perdrix Pervenche Peuplier Pinson Pissenlit Pivoine Platane "
    "Primevère Prunier Ramier Réséda Ricin Roitelet Romarin Roseau Rossignol Sapin Sarcelle Saule Sauge Sittelle "
    "Sorbier Tilleul Tournesol Tourterelle Trèfle Troène Verveine"
).split()
WOMEN = (
    "Agnès Aïcha Alice Amina Anaïs Andrée Angélique Anissa Annie Ariane Aurélie Béatrice Bernadette Blandine Brigitte "
    "Camille Carine Carole Caroline Catherine Cécile Céline Chantal Charlotte Christelle Christine Claire Clarisse "
    "Claudine Colette Coralie Corinne Cynthia Danielle Delphine Denise Dominique Édith Élise Élodie Émilie Estelle "
    "Fabienne Farida Fatima Fatou Florence Françoise Gaëlle Geneviève Ghislaine Hélène Huguette Inès Ingrid Isabelle "
    "Jacqueline Jeanne Jocelyne Josiane Joëlle Julie Karima Khadija Laëtitia Laure Léa Leïla Line Louise Lucie Lydie "
    "Magali Malika Marcelle Mariam Marlène Martine Maryse Mireille Monique Nadège Nadia Naïma Nathalie Nicole Odile "
    "Pascale Patricia Paule Pauline Rachida Régine Sabrina Samira Sandrine Solange Sonia Sylvie Valérie Véronique Zoé"
).split()
MEN = (
    "Abdel Adrien Ahmed Alain Albert Alexis Ali André Antoine Arnaud Arthur Aziz Bastien Benoît Bernard Brahim Bruno "
    "Cédric Charles Christian Christophe Claude Damien Daniel David Denis Didier Driss Édouard Emmanuel Éric Étienne "
    "Fabien Fabrice Farid Félix Fernand Franck François Frédéric Gaël Georges Gérald Gilles Grégory Guillaume Guy "
    "Hakim Hamid Henri Hervé Hugues Ibrahima Jacques Jérémy Jérôme Joël Joseph Julien Kamel Karim Kévin Lamine Laurent "
    "Léon Lionel Loïc Louis Ludovic Luc Maël Mamadou Marc Marcel Mathieu Maurice Max Mehdi Michel Mohamed Mourad "
    "Nabil Noël Olivier Pascal Patrick Paul Philippe Pierre Rachid Raphaël Raymond Régis Rémi Roger Samir Serge "
    "Simon Sylvain Thierry Youssef"
).split()
NOTES = (
    "Point sur les candidatures envoyées depuis le dernier rendez-vous.",
    "CV relu ensemble ; deux modifications à faire avant vendredi.",
    "A rencontré l’employeur mardi, attend une réponse cette semaine.",
    "Horaires du matin possibles, pas de bus avant 6 h 30.",
    "Souhaite visiter un atelier avant de se décider.",
    "Documents de la CAF à apporter la prochaine fois.",
    "Préparation de l’entretien d’embauche.",
    "Tout se passe bien dans l’équipe, le tuteur est disponible.",
    "Cherche une solution de garde pour le mercredi.",
    "Permis : code obtenu, conduite en cours.",
    "Accepte un temps partiel pour commencer.",
    "Bilan du mois : présence régulière et ponctuelle.",
    "Trois annonces retenues dans le journal, à appeler demain.",
    "Attestation de formation retrouvée, copie au dossier.",
    "Hésite entre la vente et la restauration : deux visites prévues.",
    "Lettre de motivation commencée, à finir à la maison.",
    "Le prescripteur est d’accord avec le projet.",
    "Entretien court : tout est en ordre, on se revoit dans un mois.",
    "Demande une attestation de suivi pour le bailleur.",
    "Carte de transport renouvelée.",
    "Essai de deux jours accepté par l’entreprise.",
    "A rappelé l’agence d’intérim, inscription faite.",
    "Simulation d’entretien : réponses plus claires que la dernière fois.",
    "Envisage de se déplacer jusqu’à trente kilomètres.",
    "Le contrat lui convient, souhaite davantage d’heures.",
    "Explique le fonctionnement de la convention à l’employeur.",
    "Relevé des heures à demander au service du personnel.",
    "Nouvelle adresse notée, même commune.",
    "Préfère travailler en équipe, à l’extérieur.",
    "Formation de cariste : dossier à déposer avant la fin du mois.",
    "Pas de réponse de l’entreprise, relance prévue lundi.",
    "L’employeur est satisfait, parle d’un renouvellement.",
    "Visite du chantier avec le chef d’équipe.",
    "Demande une avance pour l’équipement de travail.",
    "Rendez-vous avec l’assistante sociale la semaine prochaine.",
    "Inscription à l’atelier de recherche d’emploi.",
    "Bon contact avec la responsable du magasin.",
    "Accord sur les jours : du lundi au jeudi.",
    "La fiche de poste est reçue et relue ensemble.",
    "Doit choisir entre deux propositions avant mercredi.",
    "Téléphone changé, nouveau numéro noté.",
    "Prêt d’un vélo par l’association, matin et soir.",
    "Rappel des engagements du contrat d’insertion.",
    "Candidature spontanée auprès de quatre entreprises.",
    "Le tuteur propose un point tous les quinze jours.",
    "Première semaine : horaires respectés, gestes appris.",
    "Fin de mission annoncée, on prépare la suite.",
    "Souhaite reprendre une formation au printemps.",
    "L’entreprise cherche une autre personne pour avril.",
    "Bulletin de salaire vérifié ensemble.",
    "Deux refus reçus, le moral est bon.",
    "Passage d’un temps partiel à un temps plein évoqué.",
    "A visité le centre de formation avec un groupe.",
    "Objectif du mois : trois entretiens.",
    "Liste des pièces remise pour le dossier.",
    "Le secteur du nettoyage recrute en septembre.",
    "Bilan à mi-contrat avec l’employeur.",
    "Itinéraire et horaires de car étudiés ensemble.",
    "Prochaine étape : appeler les trois entreprises retenues.",
    "Entretien à deux avec le référent social.",
)
TRADES = {
    "A": ("Serres", "Vergers", "Pépinière", "Domaine", "Ferme"),
    "C": ("Atelier", "Menuiserie", "Imprimerie", "Métallerie", "Conserverie", "Confection"),
    "F": ("Maçonnerie", "Peinture", "Toitures", "Charpentes", "Travaux publics"),
    "G": ("Épicerie", "Jardinerie", "Garage", "Librairie", "Marché", "Boulangerie"),
    "H": ("Transports", "Messagerie", "Logistique", "Ambulances"),
    "I": ("Restaurant", "Hôtel", "Auberge", "Traiteur", "Brasserie"),
    "J": ("Studio", "Informatique"),
    "K": ("Cabinet",),
    "L": ("Immobilier",),
    "M": ("Conseil", "Bureau d’études"),
    "N": ("Propreté", "Espaces verts", "Nettoyage", "Gardiennage"),
    "N_ETT": ("Intérim", "Travail temporaire"),
    "O": ("Commune de",),
    "P": ("École", "Collège", "Lycée"),
    "Q": ("Résidence", "Association", "Foyer", "Crèche"),
    "R": ("Théâtre", "Base de loisirs", "Cinéma"),
    "S": ("Association", "Blanchisserie", "Coiffure"),
}
JOBS = {
    "A": (("A1402", "ouvrier horticole"), ("A1405", "ouvrier viticole"), ("A1401", "saisonnier agricole")),
    "C": (("H3302", "agent de production"), ("N1105", "manutentionnaire")),
    "F": (("F1703", "aide-maçon"), ("F1704", "préparateur de chantier")),
    "G": (("D1505", "caissier"), ("D1507", "employé de rayon")),
    "H": (("N4105", "conducteur livreur"), ("N1103", "préparateur de commandes")),
    "I": (("G1603", "employé de restauration"), ("K1304", "employé d’étage")),
    "N": (("K2204", "agent de propreté"), ("A1203", "agent d’entretien des espaces verts")),
    "N_ETT": (("N1103", "préparateur de commandes"), ("N1105", "manutentionnaire"), ("H3302", "agent de production")),
    "Q": (("K1302", "aide à domicile"), ("K2204", "agent de service")),
    "": (("M1607", "secrétaire"), ("K2204", "agent d’entretien"), ("A1203", "agent des espaces verts")),
}  # fmt: skip


def last_name(number: int) -> str:
    """One of three hundred: a plant or a bird, alone or after *Du* and *Des*."""
    word = NATURE[number % len(NATURE)]
    form = number // len(NATURE) % 3
    return word if form == 0 else ("Du" if form == 1 else "Des") + word.lower() + ("s" if form > 1 else "")


def first_name(number: int, sex: str) -> str:
    """One of a hundred women's or men's names."""
    names = WOMEN if sex == "F" else MEN
    return names[number % len(names)]
