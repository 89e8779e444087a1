"""Which incident each sentence tells of: from the numbers of a scene to its account."""
