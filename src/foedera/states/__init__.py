"""Who exists when: states, codes, governments, organisations, places and areas."""
