llm keys set exempla
